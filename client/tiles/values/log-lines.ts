import { formatAge, formatCount } from '../../live/format.ts';
import type { Feed, FeedGap, FeedPoint } from '../../live/types.ts';
import { type Reader, reader } from './pointer.ts';

export const LINES_MAX = 5_000;
/** Cut off in one piece: shifting each time would cost the whole length. */
const TRIM_BY = 500;
/** Of one feed no more gaps are known at a time, so older ones cannot come again. */
const SEEN_GAPS_MAX = 1_000;

export type LogLevel = 'info' | 'warning' | 'critical';

export interface LogLine {
  /** Unique in its tile, rising. */
  id: number;
  time: number;
  kind: 'line' | 'gap';
  level: LogLevel;
  source: string;
  text: string;
}

export interface LogReading {
  pointer: string | undefined;
  levelPointer: string | undefined;
}

/** Lines of several channels in the order of their times, bounded. */
export class LogLines {
  readonly #names: ReadonlyMap<string, string>;
  readonly #text: Reader;
  readonly #level: Reader;
  readonly #seenGaps = new Set<string>();
  #lines: LogLine[] = [];
  #shown: readonly LogLine[] | undefined;
  #nextId = 1;

  constructor(channels: readonly string[], { pointer, levelPointer }: LogReading) {
    this.#names = shortNames(channels);
    this.#text = pointer === undefined ? wholeLine : reader(pointer);
    this.#level = levelPointer === undefined ? usualLevel : reader(levelPointer);
  }

  /** The lines as they are now: a new array after each change, never mutated. Asked for once per paint. */
  lines(): readonly LogLine[] {
    this.#shown ??= this.#lines.slice();
    return this.#shown;
  }

  get last(): LogLine | undefined {
    return this.#lines.at(-1);
  }

  /** Reads all that the feeds hold, for the beginning and whenever one was loaded anew. */
  reload(feeds: readonly Feed[]): void {
    this.#lines = [];
    const all = feeds.flatMap((feed) => feed.points().map((point) => this.#line(feed, point)));
    all.sort((a, b) => a.time - b.time || a.id - b.id);
    this.#lines = all.slice(-LINES_MAX);
    this.#shown = undefined;
    for (const feed of feeds) for (const gap of feed.gaps()) this.#seenGaps.add(keyOf(gap));
  }

  push(feed: Feed, point: FeedPoint): void {
    this.#insert(this.#line(feed, point));
  }

  /** Says where lines are missing, once for each gap that has ended and was not filled. */
  noteGaps(feed: Feed): void {
    for (const gap of feed.gaps()) {
      if (gap.kind === 'recovered' || gap.to === Number.POSITIVE_INFINITY || this.#seenGaps.has(keyOf(gap)))
        continue;
      if (this.#seenGaps.size >= SEEN_GAPS_MAX) this.#forgetGaps();
      this.#seenGaps.add(keyOf(gap));
      const text = missingText(gap);
      this.#insert({ id: this.#nextId++, time: gap.to, kind: 'gap', level: 'info', source: '', text });
    }
  }

  /** A page that is open for days must not grow. */
  #forgetGaps(): void {
    const oldest = [...this.#seenGaps].slice(0, SEEN_GAPS_MAX / 2);
    for (const key of oldest) this.#seenGaps.delete(key);
  }

  /** Publications a second over the last ten. */
  rate(now: number): number {
    let count = 0;
    for (let at = this.#lines.length - 1; at >= 0 && this.#lines[at]!.time > now - 10_000; at--) count += 1;
    return count / 10;
  }

  #line(feed: Feed, { time, data }: FeedPoint): LogLine {
    const text = oneLine(this.#text(data));
    const level = levelOf(this.#level(data));
    return {
      id: this.#nextId++,
      time,
      kind: 'line',
      level,
      source: this.#names.get(feed.channel) ?? feed.channel,
      text,
    };
  }

  #insert(line: LogLine): void {
    const lines = this.#lines;
    if (lines.length >= LINES_MAX + TRIM_BY) lines.splice(0, TRIM_BY);
    let at = lines.length;
    while (at > 0 && lines[at - 1]!.time > line.time) at -= 1;
    lines.splice(at, 0, line);
    this.#shown = undefined;
  }
}

/** One outage is a gap of every channel, at almost the same time; it is said once. What goes on is known by its beginning. */
function keyOf(gap: FeedGap): string {
  return `${gap.kind} ${Math.round((gap.kind === 'thinned' ? gap.from : gap.to) / 2_000)}`;
}

function missingText({ kind, cause, count, from, to }: FeedGap): string {
  if (kind === 'thinned') return 'this line is too slow: some lines are left out from here on';
  const lost = count > 0 ? `${formatCount(count)} lines missing` : 'lines may be missing';
  if (cause === 'numbering') return `${lost}, the server began anew`;
  return `${lost}, ${cause === 'server' ? 'server gap' : 'offline'} ${formatAge(to - from)}`;
}

/** What tells channels from one another: `gate.a.log` and `crane.3.log` are `gate a` and `crane 3`. */
export function shortNames(channels: readonly string[]): Map<string, string> {
  const split = channels.map((channel) => channel.split(/[.:]/));
  const shortest = Math.min(...split.map((parts) => parts.length));
  const common = (partOf: (parts: string[], at: number) => string | undefined): number => {
    let count = 0;
    while (count < shortest - 1 && new Set(split.map((parts) => partOf(parts, count))).size === 1) count += 1;
    return count;
  };
  const last = channels.length < 2 ? 0 : common((parts, at) => parts.at(-1 - at));
  const first =
    channels.length < 2
      ? 0
      : Math.min(
          common((parts, at) => parts[at]),
          shortest - 1 - last,
        );
  return new Map(
    channels.map((channel, at) => [channel, split[at]!.slice(first, split[at]!.length - last).join(' ')]),
  );
}

/** The line of a datum nobody gave a pointer for: the usual field names, else all of it. */
function wholeLine(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const fields = data as Record<string, unknown>;
  return fields.message ?? fields.msg ?? fields.text ?? data;
}

function usualLevel(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Record<string, unknown>;
  return fields.level ?? fields.severity;
}

function oneLine(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}

function levelOf(value: unknown): LogLevel {
  // Numbers are those of pino and bunyan: 40 warns, 50 and 60 fail.
  if (typeof value === 'number') return value >= 50 ? 'critical' : value >= 40 ? 'warning' : 'info';
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (/^(err|error|crit|critical|fatal|alert|emerg|panic)/.test(word)) return 'critical';
  return word.startsWith('warn') ? 'warning' : 'info';
}
