import { browserPage, type FramePage } from './frame-page.ts';

export interface Painter {
  /** Draws what is there now. @param now `performance.now()` of the frame */
  paint(now: number): void;
  /** Shortest time between two paints of new data: 50 (the default) for tiles, 250 for numbers that people read. */
  minIntervalMs?: number;
  /** Not painted while this element is off screen. */
  element?: Element | null;
}

export interface PaintHandle {
  /** There is something new to draw. Cheap: may be called per message. */
  mark(): void;
  /** Time has passed, and ages with it: paints what is there without making the next new value wait. */
  freshen(): void;
  remove(): void;
}

interface Entry {
  readonly painter: Painter;
  readonly intervalMs: number;
  dirty: boolean;
  dirtySince: number;
  /** Dirty by new data, not only by the passing of time. */
  news: boolean;
  onScreen: boolean;
  paintedAt: number;
  /** When new data was painted last. */
  newsAt: number;
  /** Moving average of what a paint costs, ms. */
  costMs: number;
}

const TILE_INTERVAL_MS = 50;
/** What painting may take of one frame; the rest waits for the next. */
const BUDGET_MS = 8;
/** However slow this computer: what is dirty is painted after so long. */
const STARVED_MS = 1_000;
/** A tile may use one part in so many of the time: one that takes 5 ms is painted ten times a second. */
const COST_SHARE = 20;
/** Weight of the newest paint in the average. */
const COST_WEIGHT = 0.2;

/**
 * The one loop in which everything live is drawn. Tiles say that they are dirty, as often as they like; once per frame
 * those that are due are painted, longest waiting first, until the budget is spent. Nothing runs while nothing is
 * dirty, nothing is painted while hidden or off screen; data goes on meanwhile, so the next paint shows the present.
 */
export class Frames {
  readonly #page: FramePage;
  readonly #entries = new Set<Entry>();
  /** Dirty and on screen, in the order in which they became so. */
  #queue: Entry[] = [];
  #requested = false;

  constructor(page: FramePage) {
    this.#page = page;
    page.onVisibility(() => this.#visibilityChanged());
  }

  add(painter: Painter): PaintHandle {
    const entry: Entry = {
      painter,
      intervalMs: painter.minIntervalMs ?? TILE_INTERVAL_MS,
      dirty: false,
      dirtySince: 0,
      news: false,
      onScreen: true,
      paintedAt: Number.NEGATIVE_INFINITY,
      newsAt: Number.NEGATIVE_INFINITY,
      costMs: 0,
    };
    this.#entries.add(entry);
    const unwatch = painter.element
      ? this.#page.watchOnScreen(painter.element, (onScreen) => this.#moved(entry, onScreen))
      : undefined;
    let removed = false;
    const freshen = (): void => {
      if (entry.dirty || removed) return;
      entry.dirty = true;
      entry.dirtySince = this.#page.now();
      if (entry.onScreen) this.#enqueue(entry);
    };
    return {
      mark: () => {
        entry.news = true;
        freshen();
      },
      freshen,
      remove: () => {
        removed = true;
        this.#entries.delete(entry);
        entry.dirty = false;
        unwatch?.();
      },
    };
  }

  #moved(entry: Entry, onScreen: boolean): void {
    if (entry.onScreen === onScreen) return;
    entry.onScreen = onScreen;
    if (onScreen && entry.dirty) this.#enqueue(entry);
    if (!onScreen) this.#queue = this.#queue.filter((queued) => queued !== entry);
  }

  #enqueue(entry: Entry): void {
    this.#queue.push(entry);
    this.#request();
  }

  #request(): void {
    if (this.#requested || this.#page.hidden()) return;
    this.#requested = true;
    this.#page.requestFrame((now) => {
      this.#requested = false;
      if (!this.#page.hidden()) this.#paintDue(now);
    });
  }

  #paintDue(now: number): void {
    const began = this.#page.now();
    const waiting = this.#queue;
    this.#queue = [];
    let spent = false;
    for (const entry of waiting) {
      if (!entry.dirty) continue;
      const starved = now - entry.dirtySince >= STARVED_MS;
      if (!starved && (spent || !isDue(entry, now))) {
        this.#queue.push(entry);
        continue;
      }
      this.#paint(entry, now);
      spent = this.#page.now() - began >= BUDGET_MS;
    }
    if (this.#queue.length > 0) this.#request();
  }

  #paint(entry: Entry, now: number): void {
    const began = this.#page.now();
    entry.dirty = false;
    entry.paintedAt = now;
    if (entry.news) entry.newsAt = now;
    entry.news = false;
    try {
      entry.painter.paint(now);
    } catch (problem) {
      // One tile's mistake must not blank the others.
      this.#page.report(problem);
    }
    const costMs = this.#page.now() - began;
    entry.costMs = entry.costMs === 0 ? costMs : entry.costMs + COST_WEIGHT * (costMs - entry.costMs);
  }

  #visibilityChanged(): void {
    // A paint that the page slept through is no measure of its cost.
    for (const entry of this.#entries) entry.costMs = 0;
    if (this.#queue.length > 0) this.#request();
  }
}

function isDue({ news, newsAt, paintedAt, intervalMs, costMs }: Entry, now: number): boolean {
  if (news && now - newsAt < intervalMs) return false;
  return now - paintedAt >= costMs * COST_SHARE;
}

let shared: Frames | undefined;

/** The page's one frame scheduler. */
export const frames = {
  add(painter: Painter): PaintHandle {
    shared ??= new Frames(browserPage());
    return shared.add(painter);
  },
};
