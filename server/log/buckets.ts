import type { Bucket } from '../../shared/protocol/publication.ts';
import { type FieldRanges, Summary } from './fields.ts';

const MINUTE_MS = 60_000;

/** How a stretch of time is cut into buckets. */
export interface Grid {
  from: number;
  to: number;
  start: number;
  widthMs: number;
}

/**
 * Cuts `from`…`to` into at most `points` buckets of equal width. From a minute up they lie on whole minutes, so that
 * each rollup of a minute falls into exactly one.
 */
export function gridOf(from: number, to: number, points: number): Grid {
  const widthMs = Math.max(1, Math.ceil((to - from) / points));
  if (widthMs < MINUTE_MS) return { from, to, start: from, widthMs };
  const start = Math.floor(from / MINUTE_MS) * MINUTE_MS;
  const minutes = Math.ceil((to - start) / points / MINUTE_MS);
  return { from, to, start, widthMs: minutes * MINUTE_MS };
}

/** Collects publications and rollups into the buckets of a grid. */
export class Buckets {
  readonly grid: Grid;
  readonly #cells = new Map<number, Summary>();

  constructor(grid: Grid) {
    this.grid = grid;
  }

  /** Adds a publication; in offset order, as the last value of a bucket is the one that was added last. */
  add(time: number, data: string): void {
    if (time < this.grid.from || time >= this.grid.to) return;
    this.#cell(time).add(data);
  }

  /** Adds the rollup of a minute; one that begins before the range counts to its first bucket. */
  addRollup(minute: number, count: number, fields: FieldRanges): void {
    this.#cell(Math.max(minute * MINUTE_MS, this.grid.from)).merge(count, fields);
  }

  /** Those that are not empty, in order of time. */
  all(): Bucket[] {
    const { from, to, start, widthMs } = this.grid;
    return [...this.#cells]
      .sort(([a], [b]) => a - b)
      .map(([index, { count, fields }]) => ({
        from: Math.max(from, start + index * widthMs),
        to: Math.min(to, start + (index + 1) * widthMs),
        count,
        fields: { ...fields },
      }));
  }

  #cell(time: number): Summary {
    const index = Math.floor((time - this.grid.start) / this.grid.widthMs);
    let cell = this.#cells.get(index);
    if (!cell) {
      cell = new Summary();
      this.#cells.set(index, cell);
    }
    return cell;
  }
}
