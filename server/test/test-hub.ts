import { LocalBus } from '../bus/local-bus.ts';
import { Hub, type HubOptions } from '../hub/hub.ts';
import type { HubMetrics } from '../hub/metrics.ts';
import { Ring, RingBudget } from '../log/ring.ts';
import { FakeLog } from './fake-log.ts';

export const silentMetrics: HubMetrics = {
  deliveries: { inc() {} },
  sentBytes: { inc() {} },
  fanoutSeconds: { observe() {} },
  gaps: { inc() {} },
  recoveries: { inc() {} },
  slowClients: { inc() {} },
};

/** A hub over a log in memory. What failed is in `failures`: a test that expects none looks there. */
export function createTestHub(options: Partial<HubOptions> & { ringBytes?: number } = {}) {
  const log = new FakeLog();
  const bus = new LocalBus();
  const budget = new RingBudget(options.ringBytes ?? 1_000_000);
  const failures: unknown[] = [];
  const hub = new Hub({
    log,
    bus,
    openRing: () => new Ring(budget),
    flushMs: 50,
    metrics: silentMetrics,
    failed: (error) => failures.push(error),
    clock: () => Date.now(),
    // Time that stands still: a fan-out is never sliced or put off because the machine is busy.
    now: () => 0,
    ...options,
  });
  return {
    hub,
    log,
    bus,
    failures,
    /** Keeps publications in the log and brings them to the hub, as one group commit. */
    publish(channel: string, ...data: unknown[]): void {
      bus.publish(
        'publications',
        data.map((one) => log.add(channel, one)),
      );
    },
  };
}
