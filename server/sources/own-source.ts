import { hostname } from 'node:os';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** What the hub knows of itself; counters since the start. */
export interface HubFigures {
  connections: number;
  people: number;
  subscriptions: number;
  outboxBytes: number;
  publications: number;
  deliveries: number;
  fanoutMs: { p50: number; p95: number };
}

/** One publication of `system.callboard`. */
export interface OwnFigures extends Omit<HubFigures, 'publications' | 'deliveries'> {
  node: string;
  publicationsPerSecond: number;
  deliveriesPerSecond: number;
  eventLoopMs: { p50: number; p99: number };
  memory: { rssBytes: number; heapBytes: number };
}

/** The timer of the histogram; its own wait is in every sample and is taken out again. */
const RESOLUTION_MS = 10;

/** Measures this process. Rates and delays are those between two calls of `read`. */
export class OwnSource {
  readonly #hub: () => HubFigures;
  readonly #now: () => number;
  readonly #delay: IntervalHistogram;
  #before: { at: number; publications: number; deliveries: number };

  /** @param now monotonic, in ms */
  constructor(hub: () => HubFigures, now: () => number = () => performance.now()) {
    this.#hub = hub;
    this.#now = now;
    this.#delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#delay.enable();
    const { publications, deliveries } = hub();
    this.#before = { at: now(), publications, deliveries };
  }

  read(): OwnFigures {
    const { publications, deliveries, fanoutMs, ...rest } = this.#hub();
    const at = this.#now();
    const seconds = Math.max((at - this.#before.at) / 1000, 0.001);
    const perSecond = (now: number, before: number): number => Math.round((now - before) / seconds);
    const figures: OwnFigures = {
      node: hostname(),
      ...rest,
      publicationsPerSecond: perSecond(publications, this.#before.publications),
      deliveriesPerSecond: perSecond(deliveries, this.#before.deliveries),
      fanoutMs: { p50: round(fanoutMs.p50), p95: round(fanoutMs.p95) },
      eventLoopMs: { p50: this.#delayMs(50), p99: this.#delayMs(99) },
      memory: { rssBytes: process.memoryUsage.rss(), heapBytes: process.memoryUsage().heapUsed },
    };
    this.#delay.reset();
    this.#before = { at, publications, deliveries };
    return figures;
  }

  stop(): void {
    this.#delay.disable();
  }

  #delayMs(share: number): number {
    return round(Math.max(0, this.#delay.percentile(share) / 1e6 - RESOLUTION_MS));
  }
}

function round(ms: number): number {
  return Number(ms.toFixed(2));
}
