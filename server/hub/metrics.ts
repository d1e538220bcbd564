/** What the hub counts; counters of Prometheus fit, and so does an object of four lines in a test. */
export interface HubMetrics {
  deliveries: { inc(count: number): void };
  sentBytes: { inc(count: number): void };
  fanoutSeconds: { observe(seconds: number): void };
  gaps: { inc(labels: { reason: string }): void };
  recoveries: { inc(labels: { result: string }): void };
  slowClients: { inc(): void };
}

export interface HubStats {
  connections: number;
  people: number;
  subscriptions: number;
  /** Waiting for all clients together. */
  outboxBytes: number;
  /** Since the start: publications that came over the bus, and publications handed to sockets. */
  publications: number;
  deliveries: number;
  /** Of the last 512 fan-outs, from the first waiting publication to the last write. */
  fanoutMs: { p50: number; p95: number };
}

const SAMPLES = 512;

/** The newest samples of a duration, and what share of them lies below what. */
export class Durations {
  readonly #samples: number[] = [];
  #next = 0;

  add(ms: number): void {
    this.#samples[this.#next] = ms;
    this.#next = (this.#next + 1) % SAMPLES;
  }

  /** @param share 0.5 for the median; 0 while there are no samples */
  percentile(share: number): number {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
