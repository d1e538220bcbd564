import { now } from './clock.ts';
import { type DialectName, dialects } from './dialects.ts';
import { type Buckets, Histogram } from './histogram.ts';
import { Scanner } from './scan.ts';
import type { Tally } from './sequences.ts';
import { type Shared, Viewer } from './viewer.ts';

/*
 * Many viewers in one process, run by fan-out tests, the load generator and the benchmarks.
 *
 *   node --import tsx viewers.ts '{"port":…, "key":"…", "clients":500, "channels":["a"]}'
 *
 * Tells its parent {live} when all are subscribed to every channel, and answers commands with reports.
 */

export interface ViewersOptions {
  port: number;
  key: string;
  clients: number;
  channels: string[];
  /** Number of the first among all viewers: decides who parses, and from which address it comes. */
  first?: number;
  dialect?: DialectName;
  /** Come back after a lost connection, as pages do. */
  reconnect?: boolean;
  /** Handshakes under way at once; default 20. */
  atOnce?: number;
}

export interface ViewersReport extends Tally {
  frames: number;
  bytes: number;
  /** Of `received`, those that were parsed. */
  parsed: number;
  /** Offsets that were passed over without a word, and, where the heads are given, those that did not come yet. */
  missing: number;
  behind: number;
  unrecovered: number;
  /** How many are subscribed to every channel now. */
  live: number;
  /** The first few things that went wrong: a close, an error. */
  faults: string[];
  faultCount: number;
  closes: Record<string, number>;
  /** Last offset per channel, the smallest over all viewers. */
  behindMost: Record<string, number>;
  /** From the stamp in the data until it was parsed; ms. */
  latency: Buckets;
  /** When handshakes were answered, subscriptions complete, announcements there; ms of the common clock. */
  acceptedAt: number[];
  liveAt: number[];
  announcedAt: number[];
  /** When the first handshake began. */
  startedAt: number;
  cpuMs: number;
}

export type ViewersCommand =
  /** `fresh` begins a new window: latencies and times start again after this report. */
  { do: 'report'; heads?: number[]; fresh?: boolean } | { do: 'pause' } | { do: 'resume' };

/** One in so many parses what it gets. */
const PARSE_EVERY = 50;
/** Below the server's limit of connections from one address, and of handshakes from it. */
const PER_ADDRESS = 500;

/** Addresses of the loopback network, so that limits per address and free ports suffice. */
function addressOf(viewer: number): string {
  const block = Math.floor(viewer / PER_ADDRESS);
  return `127.0.${1 + Math.floor(block / 250)}.${1 + (block % 250)}`;
}

function run(options: ViewersOptions): void {
  const { clients, first = 0, atOnce = 20, channels } = options;
  const dialect = dialects[options.dialect ?? 'callboard'];
  const latency = new Histogram();
  const faults: string[] = [];
  let faultCount = 0;
  let ready = 0;
  const shared: Shared = {
    ...{ port: options.port, key: options.key, channels, dialect, latency },
    scanner: new Scanner(channels, dialect.parse),
    reconnect: options.reconnect ?? false,
    tally: { received: 0, doubled: 0, reordered: 0, told: 0, frames: 0, bytes: 0, parsed: 0 },
    ...{ acceptedAt: [], liveAt: [], announcedAt: [], closes: {}, unrecovered: 0 },
    fault: (text) => {
      // Nobody would ever become ready: better an end than a wait.
      if (ready < clients) throw new Error(`before all viewers were live: ${text}`);
      faultCount += 1;
      if (faults.length < 10) faults.push(text);
    },
  };
  const viewers: Viewer[] = [];
  const connectNext = (): void => {
    if (viewers.length === clients) return;
    const number = first + viewers.length;
    let known = false;
    viewers.push(
      new Viewer(shared, {
        address: addressOf(number),
        parses: number % PARSE_EVERY === 0,
        onLive: () => {
          if (known) return;
          known = true;
          ready += 1;
          if (ready === clients) process.send?.({ live: ready });
          connectNext();
        },
      }),
    );
  };
  const startedAt = now();
  // A few at a time: this process answers for the handshakes that it asks for.
  for (let count = 0; count < atOnce; count += 1) connectNext();

  const report = (heads: number[]): ViewersReport => {
    const { acceptedAt, liveAt, announcedAt, closes, unrecovered } = shared;
    const { user, system } = process.cpuUsage();
    const behindMost: Record<string, number> = {};
    for (const [at, channel] of channels.entries()) {
      behindMost[channel] = viewers.reduce(
        (least, { sequences }) => Math.min(least, sequences.last[at]!),
        2 ** 31,
      );
    }
    return {
      ...shared.tally,
      missing: viewers.reduce((sum, { sequences }) => sum + sequences.missing, 0),
      behind: viewers.reduce((sum, { sequences: { last } }) => {
        return heads.reduce((behind, head, at) => behind + Math.max(0, head - last[at]!), sum);
      }, 0),
      live: viewers.filter(({ live }) => live).length,
      latency: latency.buckets,
      cpuMs: (user + system) / 1_000,
      ...{ behindMost, faults, faultCount, closes, unrecovered, acceptedAt, liveAt, announcedAt, startedAt },
    };
  };

  process.on('message', (command: ViewersCommand) => {
    if (command.do === 'pause') for (const viewer of viewers) viewer.pause();
    if (command.do === 'resume') for (const viewer of viewers) viewer.resume();
    process.send?.({ report: report(command.do === 'report' ? (command.heads ?? []) : []) });
    if (command.do !== 'report' || !command.fresh) return;
    latency.clear();
    for (const times of [shared.acceptedAt, shared.liveAt, shared.announcedAt]) times.length = 0;
  });
  process.on('disconnect', () => process.exit());
}

const given = process.argv[2];
if (given !== undefined && process.send) run(JSON.parse(given) as ViewersOptions);
