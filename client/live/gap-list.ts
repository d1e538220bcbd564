import type { FeedGap } from './types.ts';

/** Older interruptions are of no more use on a screen. */
const GAPS_MAX = 64;
/** Values left out again within this time (ms) are one stretch of a slow line, not many gaps. */
const THINNED_APART_MS = 10_000;

/** The spans in which a page did not hear a channel, oldest first. Each change makes a new list. */
export class GapList {
  #gaps: readonly FeedGap[] = [];
  /** Whether the newest is a loss that the next datum ends. */
  #open = false;

  get all(): readonly FeedGap[] {
    return this.#gaps;
  }

  get offline(): boolean {
    return this.#gaps.at(-1)?.to === Number.POSITIVE_INFINITY;
  }

  goOffline(from: number): void {
    this.#open = false;
    this.#add({ from, to: Number.POSITIVE_INFINITY, kind: 'offline', count: 0 });
  }

  /** Takes the span of the outage off the list: what it was is known now. Undefined where there was none. */
  comeBack(now: number): FeedGap | undefined {
    const latest = this.#gaps.at(-1);
    if (latest === undefined || !this.offline) return undefined;
    this.#gaps = this.#gaps.slice(0, -1);
    return { ...latest, to: now };
  }

  recovered(span: FeedGap, count: number): void {
    this.#add({ ...span, kind: 'recovered', count });
  }

  /** @param until where what came begins (ms): the loss reaches no further */
  lost(span: FeedGap, cause: 'line' | 'numbering', until = span.to): void {
    this.#add({ ...span, to: Math.min(span.to, Math.max(span.from, until)), kind: 'lost', cause });
  }

  /** This line is too slow: values were left out between two that came. */
  thinned(from: number, now: number, count: number): void {
    const latest = this.#gaps.at(-1);
    if (latest?.kind === 'thinned' && from - latest.to <= THINNED_APART_MS) {
      this.#replaceLatest({ ...latest, to: now, count: latest.count + count });
    } else this.#add({ from, to: now, kind: 'thinned', count });
    this.#open = true;
  }

  /** The server skips publications of a live channel; the span ends with the next one. */
  skipped(from: number, now: number, count: number): void {
    this.#add({ from, to: now, kind: 'lost', count, cause: 'server' });
    this.#open = true;
  }

  /** The newest span is known, and now also what it cost. @returns false where the newest is no loss */
  countLost(count: number): boolean {
    const latest = this.#gaps.at(-1);
    if (latest?.kind !== 'lost') return false;
    this.#replaceLatest({ ...latest, count: latest.count + count });
    return true;
  }

  /** A datum came. @returns whether it ended a loss */
  heard(time: number): boolean {
    const latest = this.#gaps.at(-1);
    if (!this.#open || latest === undefined) return false;
    this.#open = false;
    this.#replaceLatest({ ...latest, to: Math.max(latest.from, time) });
    return true;
  }

  clear(): void {
    this.#gaps = [];
    this.#open = false;
  }

  #add(gap: FeedGap): void {
    this.#gaps = [...this.#gaps.slice(1 - GAPS_MAX), gap];
  }

  #replaceLatest(gap: FeedGap): void {
    this.#gaps = [...this.#gaps.slice(0, -1), gap];
  }
}
