import { now, sleep } from './clock.ts';
import { dataOf } from './data.ts';
import { type Buckets, Histogram } from './histogram.ts';
import { HttpLane } from './http-lane.ts';

/*
 * Publishes to the channels of the load at a steady rate, from a process of its own.
 *
 *   node --import tsx producer.ts '{"port":…, "key":"…", "path":"/api/v1/publish", "channels":["a"], "rate":10, "bytes":200}'
 *
 * Begins at once. Answers `report` and `stop`, the latter once every answer is there.
 */

export interface ProducerOptions {
  port: number;
  key: string;
  path: string;
  channels: string[];
  /** Publications a second and channel. */
  rate: number;
  /** Length of the data as JSON. */
  bytes: number;
  /** Each channel at a time of its own instead of all in one request. */
  spread: boolean;
}

export interface ProducerReport {
  published: number;
  /** Publications whose request failed or was refused. */
  failed: number;
  failures: string[];
  /** Newest acknowledged offset of each channel. */
  heads: number[];
  /** From the request to its answer; ms. */
  acknowledged: Buckets;
  /** The latest that a tick began after it was due; ms. */
  lateMs: number;
}

export type ProducerCommand = { do: 'report'; fresh?: boolean } | { do: 'stop' };

class Producer {
  readonly #options: ProducerOptions;
  readonly #lanes: HttpLane[] = [];
  readonly #acknowledged = new Histogram();
  readonly #heads: number[];
  readonly #failures = new Set<string>();
  readonly #waiting = new Set<Promise<void>>();
  #published = 0;
  #failed = 0;
  #lateMs = 0;
  #stopped = false;

  constructor(options: ProducerOptions) {
    this.#options = options;
    this.#heads = options.channels.map(() => 0);
  }

  async run(): Promise<void> {
    const { channels, rate, spread } = this.#options;
    const all = channels.map((_, at) => at);
    const groups = spread ? all.map((at) => [at]) : [all];
    const everyMs = 1_000 / rate / groups.length;
    const from = now();
    for (let tick = 0; !this.#stopped; tick += 1) {
      const due = from + tick * everyMs;
      if (due > now()) await sleep(due - now());
      this.#lateMs = Math.max(this.#lateMs, now() - due);
      const sent = this.#publish(groups[tick % groups.length]!).finally(() => this.#waiting.delete(sent));
      this.#waiting.add(sent);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#waiting);
  }

  report(fresh = false): ProducerReport {
    const report = {
      ...{ published: this.#published, failed: this.#failed, failures: [...this.#failures] },
      ...{ heads: this.#heads, acknowledged: this.#acknowledged.buckets, lateMs: this.#lateMs },
    };
    if (fresh) {
      this.#acknowledged.clear();
      this.#lateMs = 0;
    }
    return report;
  }

  async #publish(group: readonly number[]): Promise<void> {
    const { channels, bytes, path, port, key } = this.#options;
    const at = now();
    const data = dataOf(bytes, at);
    const items = group.map((channel) => `{"channel":"${channels[channel]}","data":${data}}`);
    const free = this.#lanes.find((one) => one.free);
    const lane = free ?? new HttpLane(port, key);
    if (!free) this.#lanes.push(lane);
    try {
      const { status, body } = await lane.post(path, `{"publications":[${items.join(',')}]}`);
      if (status !== 200) throw new Error(`${status} ${body}`);
      const { results } = JSON.parse(body) as { results: { offset?: number; error?: unknown }[] };
      this.#acknowledged.add(now() - at);
      for (const [nth, { offset, error }] of results.entries()) {
        if (offset === undefined) throw new Error(JSON.stringify(error));
        const channel = group[nth]!;
        this.#heads[channel] = Math.max(this.#heads[channel]!, offset);
        this.#published += 1;
      }
    } catch (error) {
      this.#failed += group.length;
      if (this.#failures.size < 10)
        this.#failures.add(error instanceof Error ? error.message : String(error));
    }
  }
}

const given = process.argv[2];
if (given !== undefined && process.send) {
  const producer = new Producer(JSON.parse(given) as ProducerOptions);
  const running = producer.run();
  process.on('disconnect', () => process.exit());
  process.on('message', async (command: ProducerCommand) => {
    if (command.do === 'stop') {
      await producer.stop();
      await running;
    }
    process.send?.({ report: producer.report(command.do === 'report' && command.fresh) });
  });
}
