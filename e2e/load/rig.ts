import { Child } from './child.ts';
import { now, sleep } from './clock.ts';
import { Histogram } from './histogram.ts';
import { readMetrics } from './metrics.ts';
import { cpuMs, mainThreadCpuMs, residentBytes, waitedMs } from './proc.ts';
import type { ProducerOptions, ProducerReport } from './producer.ts';
import { call, type Target } from './targets.ts';
import { ViewerProcesses } from './viewer-processes.ts';
import type { ViewersOptions, ViewersReport } from './viewers.ts';

/** So many sockets one process of viewers holds at most. */
const CLIENTS_PER_PROCESS = 4_000;
/** A generator with less to spare than that measures itself. */
export const GENERATOR_MAX = 0.9;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface Board {
  channels: string[];
  rate: number;
  bytes: number;
  spread: boolean;
  durability: 'memory' | 'disk';
}

/** What happened between two moments of a load. */
export interface Window {
  seconds: number;
  /** Publications handed over, over all viewers and channels. */
  deliveries: number;
  frames: number;
  bytes: number;
  published: number;
  /** Why publishing failed, where it did. */
  failures: string[];
  latency: Histogram;
  acknowledged: Histogram;
  /** The latest that a publication was made after it was due; ms. */
  lateMs: number;
  /** Undefined where the server's process is not known. */
  server: { cpuMs: number; mainThreadCpuMs: number; waitedMs: number } | undefined;
  /** Of the viewers, at its end. */
  reports: ViewersReport[];
  /** Share of one core: of the generator's own where it has one, else of its busiest process. */
  generator: number;
}

/** A server under load and everything that loads it. */
export class Rig {
  readonly target: Target;
  readonly #pinned: boolean;
  readonly #viewers: ViewerProcesses[] = [];
  readonly #producers: Child[] = [];
  #clients = 0;

  constructor(target: Target, pinned: boolean) {
    this.target = target;
    this.#pinned = pinned;
  }

  /** Viewers that begin to connect now. */
  connect(options: Pick<ViewersOptions, 'clients' | 'channels' | 'reconnect' | 'atOnce'>): ViewerProcesses {
    const { port, viewerKey, dialect } = this.target;
    const processes = Math.max(1, Math.ceil(options.clients / CLIENTS_PER_PROCESS));
    const viewers = ViewerProcesses.spawn(
      { ...options, port, key: viewerKey, dialect, first: this.#clients },
      processes,
    );
    this.#clients += options.clients;
    this.#viewers.push(viewers);
    return viewers;
  }

  /** Makes the channels as the load wants them. */
  async prepare({ channels, durability }: Board): Promise<void> {
    const { port, key, dialect } = this.target;
    if (dialect !== 'callboard' || durability === 'disk') return;
    for (const channel of channels) await call(port, key, 'PATCH', `/channels/${channel}`, { durability });
  }

  /** Begins to publish. */
  produce(options: Pick<ProducerOptions, 'channels' | 'rate' | 'bytes' | 'spread'>): Child {
    const { port, key, publishPath } = this.target;
    const { channels, rate, bytes, spread } = options;
    const producer = new Child('./producer.ts', {
      port,
      key,
      path: publishPath,
      channels,
      rate,
      bytes,
      spread,
    });
    this.#producers.push(producer);
    return producer;
  }

  /** Watches so many seconds of a load that runs already. */
  async window(seconds: number, viewers: ViewerProcesses, producer: Child): Promise<Window> {
    const before = await this.#moment(viewers, producer);
    await sleep(seconds * 1_000);
    const after = await this.#moment(viewers, producer);
    const elapsedMs = after.at - before.at;
    const busy = [...after.generator].map(([pid, ms]) => ms - (before.generator.get(pid) ?? 0));
    const generatorMs = this.#pinned ? busy.reduce((sum, ms) => sum + ms, 0) : Math.max(...busy);
    return {
      seconds: elapsedMs / 1_000,
      deliveries: total(after.reports, 'received') - total(before.reports, 'received'),
      frames: total(after.reports, 'frames') - total(before.reports, 'frames'),
      bytes: total(after.reports, 'bytes') - total(before.reports, 'bytes'),
      published: after.producer.published - before.producer.published,
      failures: after.producer.failures,
      latency: Histogram.of(...after.reports.map(({ latency }) => latency)),
      acknowledged: Histogram.of(after.producer.acknowledged),
      lateMs: after.producer.lateMs,
      server: after.server &&
        before.server && {
          cpuMs: after.server.cpuMs - before.server.cpuMs,
          mainThreadCpuMs: after.server.mainThreadCpuMs - before.server.mainThreadCpuMs,
          waitedMs: after.server.waitedMs - before.server.waitedMs,
        },
      generator: generatorMs / elapsedMs,
      reports: after.reports,
    };
  }

  /** Stops publishing and waits until every viewer has everything, or nothing comes any more. */
  async settle(viewers: ViewerProcesses, producer: Child, withinMs = 15_000): Promise<ViewersReport[]> {
    const { heads } = await producer.ask<ProducerReport>({ do: 'stop' }, 'report');
    const deadline = now() + withinMs;
    for (;;) {
      const reports = await viewers.report({ heads });
      if (total(reports, 'behind') === 0 || now() > deadline) return reports;
      await sleep(200);
    }
  }

  residentBytes(): number {
    return this.target.pid === undefined ? Number.NaN : residentBytes(this.target.pid);
  }

  /** What the server says of itself. */
  async metrics(): Promise<Map<string, number>> {
    const { port, key } = this.target;
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    return readMetrics(await response.text());
  }

  async close(): Promise<void> {
    for (const producer of this.#producers) producer.end();
    for (const viewers of this.#viewers) viewers.end();
    await this.target.close();
  }

  async #moment(viewers: ViewerProcesses, producer: Child) {
    const [reports, produced] = await Promise.all([
      viewers.report({ fresh: true }),
      producer.ask<ProducerReport>({ do: 'report', fresh: true }, 'report'),
    ]);
    const { pid } = this.target;
    const pids = [
      process.pid,
      ...this.#producers.map((child) => child.pid),
      ...this.#viewers.flatMap((one) => one.pids),
    ];
    return {
      at: now(),
      reports,
      producer: produced,
      server:
        pid === undefined
          ? undefined
          : { cpuMs: cpuMs(pid), mainThreadCpuMs: mainThreadCpuMs(pid), waitedMs: waitedMs(pid) },
      generator: new Map(pids.map((one) => [one, cpuMs(one)])),
    };
  }
}

/** Loads the target, and leaves no process behind however that ends. */
export async function withRig<T>(target: Target, pinned: boolean, use: (rig: Rig) => Promise<T>): Promise<T> {
  const rig = new Rig(target, pinned);
  const stop = (): void => {
    void rig.close().then(() => process.exit(130));
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await use(rig);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    await rig.close();
  }
}

type Counted = {
  [K in keyof ViewersReport]: ViewersReport[K] extends number ? K : never;
}[keyof ViewersReport];

/** One figure of all processes of viewers together. */
export function total(reports: readonly ViewersReport[], field: Counted): number {
  return reports.reduce((sum, report) => sum + report[field], 0);
}
