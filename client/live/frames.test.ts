import { beforeEach, expect, test } from 'vitest';
import type { FramePage } from './frame-page.ts';
import { Frames } from './frames.ts';

/** A page whose time stands still but for what the test, or a paint, spends. */
class FakePage implements FramePage {
  time = 0;
  isHidden = false;
  pending: ((now: number) => void) | undefined;
  problems: unknown[] = [];
  visibility: () => void = () => {};
  screens = new Map<Element, (onScreen: boolean) => void>();
  now = (): number => this.time;
  requestFrame = (run: (now: number) => void): void => {
    this.pending = run;
  };
  hidden = (): boolean => this.isHidden;
  onVisibility = (listener: () => void): void => {
    this.visibility = listener;
  };
  watchOnScreen = (element: Element, listener: (onScreen: boolean) => void): (() => void) => {
    this.screens.set(element, listener);
    return () => this.screens.delete(element);
  };
  report = (problem: unknown): void => {
    this.problems.push(problem);
  };

  /** Runs frames of a 60 Hz screen for so long. */
  run(ms: number): void {
    const end = this.time + ms;
    while (this.time + 16 <= end) {
      this.time += 16;
      const frame = this.pending;
      this.pending = undefined;
      frame?.(this.time);
    }
  }
}

let page: FakePage;
let frames: Frames;

beforeEach(() => {
  page = new FakePage();
  page.time = 10_000;
  frames = new Frames(page);
});

function tile(costMs = 0, options: { minIntervalMs?: number; element?: Element } = {}) {
  let painted = 0;
  const handle = frames.add({
    ...options,
    paint: () => {
      painted += 1;
      page.time += costMs;
    },
  });
  return { ...handle, painted: () => painted };
}

test('however often it is marked, a tile is painted once, and the loop rests', () => {
  const one = tile();
  for (let n = 0; n < 1_000; n++) one.mark();
  page.run(16);
  expect(one.painted()).toBe(1);
  expect(page.pending).toBeUndefined();
});

test('tiles are painted at most 20 times a second, numbers four times', () => {
  const chart = tile();
  const number = tile(0, { minIntervalMs: 250 });
  for (let n = 0; n < 125; n++) {
    chart.mark();
    number.mark();
    page.run(16);
  }
  expect(chart.painted()).toBeGreaterThan(28);
  expect(chart.painted()).toBeLessThanOrEqual(40);
  expect(number.painted()).toBeGreaterThanOrEqual(7);
  expect(number.painted()).toBeLessThanOrEqual(8);
});

test('a clock that ticks keeps no new value waiting, and a new value still keeps its pace', () => {
  const number = tile(0, { minIntervalMs: 250 });
  number.freshen();
  page.run(16);
  expect(number.painted()).toBe(1);
  number.mark();
  page.run(16);
  expect(number.painted()).toBe(2);
  number.mark();
  number.freshen();
  page.run(200);
  expect(number.painted()).toBe(2);
  page.run(64);
  expect(number.painted()).toBe(3);
});

test('what exceeds the budget of one frame is painted in the next, in turn', () => {
  const tiles = Array.from({ length: 6 }, () => tile(3));
  for (const one of tiles) one.mark();
  page.run(16);
  expect(tiles.map((one) => one.painted())).toEqual([1, 1, 1, 0, 0, 0]);
  page.run(16);
  expect(tiles.map((one) => one.painted())).toEqual([1, 1, 1, 1, 1, 1]);
});

test('an expensive tile is painted less often, a cheap one as before', () => {
  const heavy = tile(10);
  const light = tile();
  for (let n = 0; n < 125; n++) {
    heavy.mark();
    light.mark();
    page.run(16);
  }
  expect(heavy.painted()).toBeLessThanOrEqual(16);
  expect(light.painted()).toBeGreaterThan(heavy.painted());
});

test('even where every paint takes longer than a frame, each dirty tile is painted each second', () => {
  const tiles = Array.from({ length: 4 }, () => tile(120));
  const began = page.time;
  while (page.time - began < 10_000) {
    for (const one of tiles) one.mark();
    page.run(16);
  }
  for (const one of tiles) expect(one.painted()).toBeGreaterThanOrEqual(5);
});

test('who waited for a second is painted whatever the budget says', () => {
  const tiles = Array.from({ length: 40 }, () => tile(40));
  for (const one of tiles) one.mark();
  page.run(990);
  const early = tiles.filter((one) => one.painted() > 0).length;
  expect(early).toBeLessThan(30);
  page.run(32);
  expect(tiles.every((one) => one.painted() > 0)).toBe(true);
});

test('nothing is painted while hidden, and one paint follows when seen', () => {
  const one = tile();
  page.isHidden = true;
  for (let n = 0; n < 100; n++) one.mark();
  page.run(1_000);
  expect(one.painted()).toBe(0);
  page.isHidden = false;
  page.visibility();
  page.run(16);
  expect(one.painted()).toBe(1);
});

test('what is off screen is painted when it comes into view', () => {
  const element = {} as Element;
  const one = tile(0, { element });
  page.screens.get(element)?.(false);
  one.mark();
  page.run(100);
  expect(one.painted()).toBe(0);
  page.screens.get(element)?.(true);
  page.run(16);
  expect(one.painted()).toBe(1);
});

test('leaving the screen between mark and frame cancels the paint, not the mark', () => {
  const element = {} as Element;
  const one = tile(0, { element });
  one.mark();
  page.screens.get(element)?.(false);
  page.run(16);
  expect(one.painted()).toBe(0);
  page.screens.get(element)?.(true);
  page.run(16);
  expect(one.painted()).toBe(1);
});

test('a tile that fails is reported and does not blank the others', () => {
  const broken = frames.add({
    paint: () => {
      throw new Error('mistake');
    },
  });
  const one = tile();
  broken.mark();
  one.mark();
  page.run(16);
  expect(page.problems).toHaveLength(1);
  expect(one.painted()).toBe(1);
});

test('a removed tile is painted no more', () => {
  const one = tile();
  one.mark();
  one.remove();
  one.mark();
  page.run(16);
  expect(one.painted()).toBe(0);
});
