import { ServerProcess } from '../../../server/test/server-process.ts';
import type { ChannelOptions, ChannelsReply, HistoryReply } from '../../../shared/api/publications.ts';
import { Checker, type FinalLog } from './checker.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { Item } from './follower.ts';
import { hashOf } from './hash.ts';
import { drawWeather, type LineFault, type PlannedFault, planFaults, type Restart } from './plan.ts';
import { Producer } from './producer.ts';
import { between, oneOf, seededRandom } from './random.ts';
import type { SoakReport } from './report.ts';
import { Viewer } from './viewer.ts';

export interface SoakOptions {
  lengthMs: number;
  seed: number;
  viewers: number;
  /** Publications a second over all channels, about. */
  rate: number;
  /** Arguments for node, as ServerProcess takes them. */
  program?: string[];
  /** Called now and then with a line about how it stands. */
  progress?: (line: string) => void;
}

const CHANNELS: Record<string, ChannelOptions> = {
  'soak.plain': {},
  'soak.busy': {},
  'soak.keyed': { conflateBy: '/node' },
  'soak.brief': { retention: { publications: 200 } },
  'soak.fleeting': { durability: 'memory' },
};
const PRODUCERS_PER_CHANNEL = 2;
const PUBLICATIONS_PER_REQUEST = 2.5;
/** Faults are to be noticed within a run of seconds, and slow lines to be slow with little data. */
const SERVER_ENV = { HEARTBEAT_MS: '2000', OUTBOX_MAX_BYTES: '16384', MAX_CONNECTIONS_PER_ADDRESS: '5000' };
/** One viewer in so many does without one of the channels, so that there are several audiences. */
const LEAVES_ONE_OUT = 3;
const PROGRESS_EVERY_MS = 10_000;
const SETTLE_WITHIN_MS = 60_000;
const SETTLE_LOOK_MS = 250;

/** A server, its viewers and producers behind proxies that break their lines, and the checker that sees all. */
class Soak {
  readonly #options: SoakOptions;
  readonly #server: ServerProcess;
  readonly #lines: FaultProxy;
  readonly #producerLines: FaultProxy;
  readonly #random;
  readonly #checker = new Checker(
    Object.entries(CHANNELS).map(([name, { durability = 'disk' }]) => ({ name, durability })),
  );
  readonly #closes = new Map<number, number>();
  readonly #restarts: Record<Restart, number> = { kill: 0, drain: 0 };
  readonly #faults = new Map<string, number>();
  readonly #failures: string[] = [];
  #viewers: Viewer[] = [];
  #producers: Producer[] = [];
  #restarting: Promise<void> = Promise.resolve();

  constructor(options: SoakOptions, server: ServerProcess, lines: FaultProxy, producerLines: FaultProxy) {
    this.#options = options;
    this.#server = server;
    this.#lines = lines;
    this.#producerLines = producerLines;
    this.#random = seededRandom(options.seed);
    lines.weather = drawWeather;
  }

  async run(): Promise<SoakReport> {
    const { seed, lengthMs, viewers } = this.#options;
    for (const [channel, options] of Object.entries(CHANNELS)) {
      await this.#server.call('PATCH', `/channels/${channel}`, options);
    }
    const startedAt = performance.now();
    this.#viewers = Array.from({ length: viewers }, (_, nth) => this.#viewer(nth));
    this.#producers = Object.keys(CHANNELS).flatMap((channel) => this.#producersOf(channel));
    const progress = setInterval(() => this.#tell(startedAt), PROGRESS_EVERY_MS);
    for (const planned of planFaults(seed, lengthMs)) {
      await sleep(startedAt + planned.at - performance.now());
      this.#inflict(planned);
    }
    await sleep(startedAt + lengthMs - performance.now());
    await this.#settle();
    clearInterval(progress);
    this.#checker.finish(await this.#finalLogs());
    return this.#report((performance.now() - startedAt) / 1_000);
  }

  end(): void {
    for (const viewer of this.#viewers) viewer.end();
    for (const producer of this.#producers) producer.stop();
  }

  #viewer(nth: number): Viewer {
    const { seed } = this.#options;
    const random = seededRandom(seed * 1_000_003 + nth);
    const all = Object.keys(CHANNELS);
    const without = nth % LEAVES_ONE_OUT === 0 ? oneOf(random, all) : undefined;
    return new Viewer({
      name: `viewer ${nth}`,
      url: `ws://127.0.0.1:${this.#lines.port}/ws`,
      key: this.#server.adminKey,
      channels: all.filter((channel) => channel !== without),
      checker: this.#checker,
      random,
      lost: (code) => this.#closes.set(code, (this.#closes.get(code) ?? 0) + 1),
    });
  }

  #producersOf(channel: string): Producer[] {
    const { seed, rate } = this.#options;
    const producers = Object.keys(CHANNELS).length * PRODUCERS_PER_CHANNEL;
    return Array.from({ length: PRODUCERS_PER_CHANNEL }, (_, nth) => {
      const name = `${channel}-${nth}`;
      return new Producer({
        ...{ name, channel, checker: this.#checker, key: this.#server.adminKey },
        url: `http://127.0.0.1:${this.#producerLines.port}`,
        random: seededRandom(seed * 1_000_033 + this.#producers.length + nth),
        everyMs: (1_000 * PUBLICATIONS_PER_REQUEST * producers) / rate,
      });
    });
  }

  #inflict({ fault }: PlannedFault): void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    if (fault === 'kill' || fault === 'drain') {
      this.#restarting = this.#restarting.then(() => this.#restart(fault));
      return;
    }
    if (fault === 'resubscribe') oneOf(this.#random, this.#viewers).resubscribe();
    else if (fault === 'refuse') this.#refuseFor(between(this.#random, 500, 3_000));
    else this.#hurtOne(fault);
  }

  #refuseFor(ms: number): void {
    this.#lines.refusing = true;
    setTimeout(() => {
      this.#lines.refusing = false;
    }, ms);
  }

  #hurtOne(fault: Exclude<LineFault, 'refuse' | 'resubscribe'>): void {
    const random = this.#random;
    const { lines } = fault === 'producer reset' ? this.#producerLines : this.#lines;
    if (lines.size === 0) return;
    const line = oneOf(random, [...lines]);
    switch (fault) {
      case 'reset':
      case 'producer reset':
        line.reset();
        break;
      case 'half-open':
        line.stall();
        break;
      case 'half-close':
        line.up.end();
        break;
      case 'stall':
        line.stall();
        setTimeout(() => line.mend(), between(random, 1_000, 9_000));
        break;
      case 'narrow':
        line.down.set({ bytesPerSecond: Math.ceil(between(random, 500, 4_000)) });
        setTimeout(() => line.mend(), between(random, 5_000, 15_000));
        break;
    }
  }

  async #restart(how: Restart): Promise<void> {
    const exitCode = await this.#server.end(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
    if (how === 'drain' && exitCode !== 0) this.#failures.push(`exit code ${exitCode} after SIGTERM`);
    await this.#server.start();
    this.#restarts[how] += 1;
  }

  /** No more faults, no more publications; until all viewers are at the heads, or it takes too long. */
  async #settle(): Promise<void> {
    await this.#restarting;
    for (const producer of this.#producers) producer.stop();
    for (const proxy of [this.#lines, this.#producerLines]) {
      proxy.weather = () => ({});
      for (const line of proxy.lines) line.mend();
    }
    await Promise.all(this.#producers.map(({ done }) => done));
    const deadline = performance.now() + SETTLE_WITHIN_MS;
    while (!(await this.#caughtUp()) && performance.now() < deadline) await sleep(SETTLE_LOOK_MS);
  }

  async #caughtUp(): Promise<boolean> {
    const heads = new Map((await this.#heads()).map((head) => [head.channel, head]));
    return this.#viewers.every(({ followers }) =>
      followers.every(({ channel, position, open }) => {
        const head = heads.get(channel);
        return open && position?.epoch === head?.epoch && position?.offset === head?.offset;
      }),
    );
  }

  async #heads(): Promise<ChannelsReply['channels']> {
    return (await this.#server.call<ChannelsReply>('GET', '/channels?match=soak.*')).body.channels;
  }

  async #finalLogs(): Promise<FinalLog[]> {
    const logs: FinalLog[] = [];
    for (const { channel, epoch, offset } of await this.#heads()) {
      logs.push({ channel, epoch, offset, publications: await this.#history(channel) });
    }
    return logs;
  }

  async #history(channel: string): Promise<Item[]> {
    const items: Item[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const path: string = `/channels/${channel}/history?limit=1000&after=${after}`;
      const { body } = await this.#server.call<HistoryReply>('GET', path);
      for (const { offset, data } of body.publications ?? []) items.push({ offset, hash: hashOf(data) });
      after = body.next;
    }
    return items;
  }

  #report(seconds: number): SoakReport {
    const { ledger, figures, outcomes } = this.#checker;
    return {
      ...{ seconds, ledger, figures, outcomes },
      retries: this.#producers.reduce((sum, { retries }) => sum + retries, 0),
      duplicates: this.#producers.reduce((sum, { duplicates }) => sum + duplicates, 0),
      closes: this.#closes,
      faults: this.#faults,
      restarts: this.#restarts,
      failures: this.#failures,
    };
  }

  #tell(startedAt: number): void {
    const { ledger, figures, outcomes } = this.#checker;
    const reconnects = [...this.#closes.values()].reduce((sum, count) => sum + count, 0);
    const { kill, drain } = this.#restarts;
    this.#options.progress?.(
      `${Math.round((performance.now() - startedAt) / 1_000)} s: ${figures.deliveries} deliveries of ` +
        `${outcomes.sent} publications, ${reconnects} lines lost, ${kill} kills, ${drain} drains, ` +
        `${ledger.total} violations`,
    );
  }
}

/** Runs a server under faults and judges what came of it. Nothing is left running. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const server = await ServerProcess.start(SERVER_ENV, options.program);
  const port = Number(new URL(server.url).port);
  const lines = await FaultProxy.listen(port, options.seed);
  const producerLines = await FaultProxy.listen(port, options.seed + 1);
  const run = new Soak(options, server, lines, producerLines);
  try {
    return await run.run();
  } finally {
    run.end();
    await lines.close();
    await producerLines.close();
    await server.remove();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
