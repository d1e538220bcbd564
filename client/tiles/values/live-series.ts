import type { Series } from '../../../shared/domain/board.ts';
import type { Bucket } from '../../../shared/protocol/publication.ts';
import { SeriesBuffer, type SeriesView } from '../../live/series-buffer.ts';
import type { Feed, FeedPoint } from '../../live/types.ts';
import { numberOf, type Reader, reader } from './pointer.ts';

const CAPACITY_MIN = 1_024;
/** Beyond this the screen has fewer pixels than there are points, at any window. */
const CAPACITY_MAX = 32_768;

/** A silence of so many usual intervals, and of so many ms, interrupts the line. */
const BREAK_INTERVALS = 5;
const BREAK_MIN_MS = 5_000;

export interface Latest {
  time: number;
  /** What stands at the pointer, whatever its type. */
  value: unknown;
}

/** One line, number or light of a tile: the values at its pointer, kept as the channel's data comes. */
export class LiveSeries {
  readonly series: Series;
  readonly feed: Feed;
  readonly #read: Reader;
  readonly #windowMs: number;
  readonly #forget: () => void;
  #buffer: SeriesBuffer;
  #latest: Latest | undefined;

  /** @param changed called after each new value; hot, so it may only mark something */
  constructor(feed: Feed, series: Series, windowMs: number, changed: () => void) {
    this.feed = feed;
    this.series = series;
    this.#windowMs = windowMs;
    this.#read = reader(series.pointer);
    this.#buffer = new SeriesBuffer(CAPACITY_MIN);
    this.#reload();
    this.#forget = feed.listen({
      point: (point) => {
        this.#take(point);
        changed();
      },
      reset: () => {
        this.#reload();
        changed();
      },
      change: changed,
    });
  }

  /** The newest value at the pointer; undefined before the first publication. */
  get latest(): Latest | undefined {
    return this.#latest;
  }

  /** Newest number, with its time. */
  get last(): { time: number; value: number } | undefined {
    return this.#buffer.last;
  }

  view(): SeriesView {
    return this.#buffer.view();
  }

  close(): void {
    this.#forget();
  }

  #reload(): void {
    const points = this.feed.points();
    const buckets = this.feed.buckets();
    const wanted = Math.ceil((points.length + buckets.length * 3) * 1.5);
    this.#buffer = new SeriesBuffer(Math.min(CAPACITY_MAX, Math.max(CAPACITY_MIN, wanted)));
    this.#latest = undefined;
    let before: Bucket | undefined;
    for (const bucket of buckets) {
      if (before !== undefined && bucket.from - before.to > 2 * (bucket.to - bucket.from))
        this.#buffer.interrupt();
      this.#takeBucket(bucket);
      before = bucket;
    }
    for (const point of points) this.#take(point);
  }

  #take(point: FeedPoint): void {
    const value = this.#read(point.data);
    this.#latest = { time: point.time, value };
    const number = numberOf(value);
    if (number === undefined) return;
    this.#makeRoom(point.time);
    if (this.#interrupted(point.time)) this.#buffer.interrupt();
    this.#buffer.push(point.time, number);
  }

  /** Its extent and its end, the extreme that is nearer to what came before first. */
  #takeBucket(bucket: Bucket): void {
    const field = bucket.fields[this.series.pointer];
    if (field === undefined) return;
    const [min, max, last] = field;
    const width = bucket.to - bucket.from;
    if (min < max) {
      const before = this.#buffer.last?.value ?? min;
      const extremes = Math.abs(before - min) <= Math.abs(before - max) ? [min, max] : [max, min];
      this.#buffer.push(bucket.from + width / 4, extremes[0]!);
      this.#buffer.push(bucket.from + width / 2, extremes[1]!);
    }
    this.#buffer.push(bucket.from + (width * 3) / 4, last);
    this.#latest = { time: bucket.to, value: last };
  }

  #interrupted(time: number): boolean {
    const last = this.#buffer.last;
    if (last === undefined) return false;
    const gap = this.feed.gaps().at(-1);
    const missing = gap?.kind === 'lost' || gap?.kind === 'offline';
    if (missing && gap.from >= last.time && gap.to <= time) return true;
    const { intervalMs } = this.feed.state;
    if (intervalMs === undefined) return false;
    return time - last.time > Math.max(BREAK_INTERVALS * intervalMs, BREAK_MIN_MS);
  }

  /** Grows the buffer while it could not hold the window; a fast channel is noticed only as it comes. */
  #makeRoom(time: number): void {
    const { length, capacity } = this.#buffer;
    if (length < capacity || capacity >= CAPACITY_MAX) return;
    const { times, values, breaks } = this.#buffer.view();
    if (times[0]! < time - this.#windowMs) return;
    const larger = new SeriesBuffer(Math.min(CAPACITY_MAX, capacity * 2));
    const interrupted = new Set(breaks.map(([from]) => from));
    for (let index = 0; index < times.length; index++) {
      larger.push(times[index]!, values[index]!);
      if (interrupted.has(times[index]!)) larger.interrupt();
    }
    this.#buffer = larger;
  }
}
