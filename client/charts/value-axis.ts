/** How round numbers are chosen: powers of ten, of 1,024, or the steps of a clock (values are ms). */
export type AxisBase = 'decimal' | 'binary' | 'duration';

export interface ValueAxis {
  min: number;
  max: number;
  step: number;
  ticks: number[];
}

export interface AxisWish {
  /** Most steps between the lowest and the highest tick. */
  steps: number;
  base?: AxisBase;
  /** Fixed ends, where the person has set them. */
  min?: number | undefined;
  max?: number | undefined;
  /** Smallest step that still makes sense, such as 1 where values are counts. */
  minStep?: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const CLOCK_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((n) => n * HOUR),
];

function decimalStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const digit = raw / power;
  // The tolerance keeps 0.30000000000000004 from being taken for more than 0.3.
  const nice = [1, 2, 5, 10].find((one) => digit <= one * (1 + 1e-9)) ?? 10;
  return nice * power;
}

function binaryStep(raw: number): number {
  if (raw <= 1) return decimalStep(raw);
  const unit = 1024 ** Math.floor(Math.log2(raw) / 10);
  const within = raw / unit;
  return unit * ([1, 2, 5, 10, 20, 50, 100, 200, 256, 512, 1024].find((one) => within <= one) ?? 1024);
}

/** The smallest round step that is at least `raw`. */
export function niceStep(raw: number, base: AxisBase = 'decimal'): number {
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  if (base === 'binary') return binaryStep(raw);
  if (base === 'duration' && raw > 500) return CLOCK_STEPS.find((one) => raw <= one) ?? decimalStep(raw);
  return decimalStep(raw);
}

/**
 * Round bounds and ticks around a range of values. The ends lie on ticks unless they are fixed.
 * A range without any extent gets some, so that a steady value is a line in the middle and not a division by zero.
 */
export function valueAxis(low: number, high: number, wish: AxisWish): ValueAxis {
  let lo = wish.min ?? low;
  let hi = wish.max ?? high;
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) [lo, hi] = [wish.min ?? 0, wish.max ?? 1];
  if (hi <= lo) {
    const room = Math.max(Math.abs(lo) * 0.1, wish.minStep ?? 0, 1e-9);
    if (wish.max === undefined) hi = lo + (lo === 0 ? 1 : room);
    if (wish.min === undefined && lo !== 0) lo -= room;
    if (hi <= lo) hi = lo + 1;
  }
  const step = Math.max(niceStep((hi - lo) / Math.max(1, wish.steps), wish.base), wish.minStep ?? 0);
  const first = wish.min === undefined ? Math.floor(lo / step + 1e-9) : Math.ceil(lo / step - 1e-9);
  const last = wish.max === undefined ? Math.ceil(hi / step - 1e-9) : Math.floor(hi / step + 1e-9);
  const ticks: number[] = [];
  // Multiplied, not added up: 0.1 + 0.1 + 0.1 is not 0.3.
  for (let n = first; n <= last; n++) ticks.push(Number((n * step).toPrecision(12)));
  return { min: wish.min ?? first * step, max: wish.max ?? last * step, step, ticks };
}

export interface RangeFacts {
  /** Areas and stacks stand on zero. */
  zero: boolean;
  limits: readonly number[];
}

/** A line that stays above this part of its height may leave zero out of the picture. */
const FAR_FROM_ZERO = 0.4;
/** Least extent of a picture, as a part of its values: what moves less is steady, and has to look so. */
const STEADY = 0.1;

/** The range worth showing: the data, zero where it tells something, and limits that lie near. */
export function rangeOf(low: number, high: number, facts: RangeFacts): [number, number] {
  if (low > high) return facts.limits.length > 0 ? [0, Math.max(...facts.limits)] : [0, 1];
  let lo = low;
  let hi = high;
  const reach = Math.max(hi - lo, Math.abs(hi) * 0.1);
  for (const limit of facts.limits) {
    if (limit > hi && limit - hi <= reach * 0.6) hi = limit;
    if (limit < lo && lo - limit <= reach * 0.6) lo = limit;
  }
  if (lo > 0 && (facts.zero || lo < hi * FAR_FROM_ZERO)) lo = 0;
  if (hi < 0 && (facts.zero || hi > lo * FAR_FROM_ZERO)) hi = 0;
  const short = STEADY * Math.max(Math.abs(lo), Math.abs(hi)) - (hi - lo);
  return short > 0 ? [lo - short / 2, hi + short / 2] : [lo, hi];
}

/**
 * Keeps an axis still while the data would move it a little: it grows at once and shrinks only when much is empty.
 */
export function steadyAxis(previous: ValueAxis | undefined, next: ValueAxis): ValueAxis {
  if (previous === undefined) return next;
  const span = previous.max - previous.min;
  const inside = next.min >= previous.min && next.max <= previous.max;
  return inside && next.max - next.min > span * 0.6 ? previous : next;
}
