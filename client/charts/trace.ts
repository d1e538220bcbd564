import { firstAtOrAfter, type SeriesView } from './series-view.ts';

/** What a line is drawn into: a Path2D, or a list in a test. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

export interface TraceOptions {
  /** The span in sight (ms). */
  from: number;
  to: number;
  x(time: number): number;
  y(value: number): number;
  /** Time that one pixel covers (ms); points that share a pixel are drawn as their extent. */
  msPerPixel: number;
}

/** From so many points a pixel on, drawing each costs more than it shows. */
const DENSE = 3;

/**
 * Draws one series, with one point beyond each edge so that the line leaves the picture instead of ending at it.
 * Dense stretches become first, lowest, highest and last of each pixel column. Columns are cut in absolute time,
 * because columns that moved with the window would make a gliding line shimmer.
 */
export function trace(pen: Pen, view: SeriesView, options: TraceOptions): void {
  const { times, values } = view;
  const start = Math.max(0, firstAtOrAfter(times, options.from) - 1);
  const end = Math.min(times.length - 1, firstAtOrAfter(times, options.to));
  if (end < start) return;
  const breaks = new Set(view.breaks.map(([from]) => from));
  const dense = (end - start + 1) * options.msPerPixel > DENSE * (options.to - options.from);

  let index = start;
  while (index <= end) {
    const x = options.x(times[index]!);
    const y = options.y(values[index]!);
    if (index === start || breaks.has(times[index - 1]!)) pen.moveTo(x, y);
    else pen.lineTo(x, y);
    const next = dense ? columnEnd(view, index, end, options.msPerPixel, breaks) : index + 1;
    if (next > index + 1) drawColumn(pen, view, index, next, options);
    index = next;
  }
}

/** The index after the last point that shares a pixel column, and an unbroken line, with `index`. */
function columnEnd(
  { times }: SeriesView,
  index: number,
  end: number,
  msPerPixel: number,
  breaks: ReadonlySet<number>,
): number {
  const slot = Math.floor(times[index]! / msPerPixel);
  let at = index + 1;
  while (at <= end && Math.floor(times[at]! / msPerPixel) === slot && !breaks.has(times[at - 1]!)) at += 1;
  return at;
}

function drawColumn(
  pen: Pen,
  { times, values }: SeriesView,
  from: number,
  to: number,
  scale: TraceOptions,
): void {
  let low = values[from]!;
  let high = low;
  for (let index = from + 1; index < to; index++) {
    low = Math.min(low, values[index]!);
    high = Math.max(high, values[index]!);
  }
  const x = scale.x(times[to - 1]!);
  pen.lineTo(x, scale.y(low));
  pen.lineTo(x, scale.y(high));
  pen.lineTo(x, scale.y(values[to - 1]!));
}

/** Closes what is drawn into it down to a baseline, each unbroken run for itself. */
export class AreaPen implements Pen {
  readonly #target: Pen;
  readonly #base: number;
  #lastX: number | undefined;

  constructor(target: Pen, base: number) {
    this.#target = target;
    this.#base = base;
  }

  moveTo(x: number, y: number): void {
    this.finish();
    this.#target.moveTo(x, this.#base);
    this.lineTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.#target.lineTo(x, y);
    this.#lastX = x;
  }

  /** After the last point: the run comes down to the baseline. */
  finish(): void {
    if (this.#lastX !== undefined) this.#target.lineTo(this.#lastX, this.#base);
    this.#lastX = undefined;
  }
}
