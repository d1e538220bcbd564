import { createHash } from 'node:crypto';
import { IDEMPOTENCY_TTL_MS } from '../../shared/limits.ts';
import type { Bucket } from '../../shared/protocol/publication.ts';
import { AppError } from '../errors.ts';
import { Buckets, gridOf } from './buckets.ts';
import {
  type Appended,
  type AppendItem,
  HISTORY_PAGE_BYTES,
  type HistoryRange,
  type StoredPublication,
} from './log.ts';
import type { Retention } from './retention.ts';
import { Ring, type RingBudget } from './ring.ts';

/** A channel of durability `memory`: its history is in this process, and ends with it. */
export class MemoryChannel {
  readonly #epoch: string;
  readonly #ring: Ring;
  /** When each kept publication arrived, by offset, oldest first. */
  readonly #arrived = new Map<number, number>();
  /** In order of age. */
  readonly #keys = new Map<string, { hash: Buffer; offset: number; at: number }>();
  #head = 0;

  constructor(epoch: string, budget: RingBudget) {
    this.#epoch = epoch;
    this.#ring = new Ring(budget, Number.POSITIVE_INFINITY);
  }

  get head(): number {
    return this.#head;
  }

  get oldest(): number {
    return this.#ring.oldest?.offset ?? this.#head + 1;
  }

  append(item: AppendItem, now: number): Appended | AppError {
    this.#forgetKeys(now);
    // The data itself may leave the ring long before its key is forgotten.
    const keyed = item.key !== undefined && {
      key: item.key,
      hash: createHash('sha256').update(item.data).digest(),
    };
    const known = keyed && this.#keys.get(keyed.key);
    if (known) {
      return known.hash.equals(keyed.hash)
        ? { epoch: this.#epoch, offset: known.offset, duplicate: true }
        : new AppError('conflict', { message: 'This key was used before with other data.' });
    }
    this.#head += 1;
    this.#ring.push({ offset: this.#head, time: item.time, data: item.data });
    this.#arrived.set(this.#head, now);
    if (keyed) this.#keys.set(keyed.key, { hash: keyed.hash, offset: this.#head, at: now });
    return { epoch: this.#epoch, offset: this.#head };
  }

  trim(keep: Retention, now: number): void {
    const cutoff = now - keep.hours * 3_600_000;
    this.#ring.trim(
      ({ offset }) =>
        offset > this.#head - keep.publications &&
        (this.#arrived.get(offset) ?? 0) >= cutoff &&
        this.#ring.bytes <= keep.bytes,
    );
    for (const offset of this.#arrived.keys()) {
      if (offset >= this.oldest) break;
      this.#arrived.delete(offset);
    }
    this.#forgetKeys(now);
  }

  readAfter(after: number, limit: number, maxBytes: number): StoredPublication[] {
    return this.#ring.readAfter(Math.max(after, this.oldest - 1), limit, maxBytes) ?? [];
  }

  readNewest(limit: number, maxBytes: number, since = Number.NEGATIVE_INFINITY): StoredPublication[] {
    const kept = this.#ring.all();
    let first = kept.length;
    let bytes = 0;
    while (first > 0 && kept.length - first < limit) {
      const one = kept[first - 1]!;
      bytes += one.data.length;
      if (first < kept.length && bytes > maxBytes) break;
      if ((this.#arrived.get(one.offset) ?? 0) < since) break;
      first -= 1;
    }
    return kept.slice(first);
  }

  readRange(range: HistoryRange, limit: number): { publications: StoredPublication[]; next?: number } {
    const publications: StoredPublication[] = [];
    let bytes = 0;
    for (const one of this.#inRange(range)) {
      if (publications.length === limit || (bytes > 0 && bytes + one.data.length > HISTORY_PAGE_BYTES)) {
        return { publications, next: publications.at(-1)!.offset };
      }
      bytes += one.data.length;
      publications.push(one);
    }
    return { publications };
  }

  readBuckets(range: HistoryRange, points: number): Bucket[] {
    const found = this.#inRange(range);
    if (found.length === 0) return [];
    const times = found.map((one) => one.time);
    const from = range.from ?? times.reduce((a, b) => Math.min(a, b));
    const to = range.to ?? times.reduce((a, b) => Math.max(a, b)) + 1;
    const buckets = new Buckets(gridOf(from, to, points));
    for (const one of found) buckets.add(one.time, one.data);
    return buckets.all();
  }

  /** Gives its memory back. */
  close(): void {
    this.#ring.clear();
  }

  #inRange({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, after = 0 }: HistoryRange) {
    return this.#ring.all().filter((one) => one.offset > after && one.time >= from && one.time < to);
  }

  #forgetKeys(now: number): void {
    for (const [key, { at }] of this.#keys) {
      if (at > now - IDEMPOTENCY_TTL_MS) return;
      this.#keys.delete(key);
    }
  }
}
