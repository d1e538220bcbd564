import { Surface } from './canvas.ts';
import type { TimeRange } from './chart-group.ts';
import type { ChartGap } from './draw-gaps.ts';
import { bySeverity, type ChartLimit } from './draw-lines.ts';
import { type Box, dot, dotted, font, hatch, type Ink, SMALL, write } from './ink.ts';
import { onPaletteChange, type Palette, palette } from './palette.ts';
import { extent, firstAtOrAfter, lastAt, type SeriesView } from './series-view.ts';
import { textWidth } from './text-width.ts';
import { type TraceOptions, trace } from './trace.ts';

export interface SparklineFrame {
  range: TimeRange;
  view: SeriesView;
  limits: readonly ChartLimit[];
  gaps: readonly ChartGap[];
  /** The limit that the newest value has passed. */
  breached?: ChartLimit | undefined;
  /** Nobody vouches for the newest value: its source is silent, or we are offline. */
  stale: boolean;
  /** How a limit is written at the right end of its line. */
  format(value: number): string;
}

const STROKE = 1.5;
const DOT = 2.5;

/** A small line without axes: where a value came from. Draws what it is given; knows nothing of time or feeds. */
export class Sparkline {
  readonly #surface: Surface;
  readonly #forgetPalette: () => void;

  constructor(host: HTMLElement, invalidate: () => void) {
    this.#surface = new Surface(host, invalidate);
    this.#forgetPalette = onPaletteChange(invalidate);
  }

  paint(frame: SparklineFrame): void {
    const ink = this.#surface.begin();
    if (ink === undefined) return;
    const colors = palette();
    const plot: Box = {
      left: 0,
      top: DOT + 1,
      right: this.#surface.width - DOT - 1.5,
      bottom: this.#surface.height - DOT - 1,
    };
    const scale = scaleOf(frame, plot);
    if (scale === undefined) return;
    for (const gap of frame.gaps) {
      if (gap.kind === 'void')
        hatch(
          ink,
          {
            ...plot,
            left: Math.max(0, scale.x(gap.from)),
            right: Math.min(this.#surface.width, scale.x(gap.to)),
            top: 0,
            bottom: this.#surface.height,
          },
          colors.line,
        );
    }
    drawLimit(ink, frame, scale, plot, this.#surface.width, colors);
    drawLine(ink, frame, scale, plot, colors);
  }

  destroy(): void {
    this.#surface.remove();
    this.#forgetPalette();
  }
}

/** The limit worth drawing: the one passed, else the nearest above or below the newest value. */
function nearestLimit(frame: SparklineFrame): ChartLimit | undefined {
  if (frame.breached !== undefined) return frame.breached;
  const last = lastAt(frame.view, frame.range.to)?.value;
  if (last === undefined) return undefined;
  return [...frame.limits].sort((a, b) => Math.abs(a.value - last) - Math.abs(b.value - last))[0];
}

function scaleOf(frame: SparklineFrame, plot: Box): TraceOptions | undefined {
  const { from, to } = frame.range;
  let { min, max } = extent(frame.view, from, to);
  if (min > max) return undefined;
  const limit = nearestLimit(frame)?.value;
  const reach = (max - min) * 0.8;
  // A limit in reach belongs into the picture; a far one would press the line flat.
  if (limit !== undefined && limit > max && limit - max <= reach) max = limit;
  if (limit !== undefined && limit < min && min - limit <= reach) min = limit;
  if (max - min < 1e-9) {
    min -= 1;
    max += 1;
  }
  const perMs = (plot.right - plot.left) / (to - from);
  const perValue = (plot.bottom - plot.top) / (max - min);
  return {
    from,
    to,
    msPerPixel: 1 / perMs,
    x: (time) => plot.left + (time - from) * perMs,
    y: (value) => plot.bottom - (value - min) * perValue,
  };
}

function drawLimit(
  ink: Ink,
  frame: SparklineFrame,
  scale: TraceOptions,
  plot: Box,
  width: number,
  colors: Palette,
): void {
  const limit = nearestLimit(frame);
  if (limit === undefined) return;
  const y = scale.y(limit.value);
  if (y < 0 || y > plot.bottom + DOT) return;
  const type = font(colors, SMALL);
  const text = frame.format(limit.value);
  const room = textWidth(text, type) + 6;
  const inside = Math.min(plot.bottom - SMALL / 2 + DOT, Math.max(SMALL / 2, y));
  // The label stands at the right; where the line is in its way at the left, and where it is there too, nowhere.
  const span = (frame.range.to - frame.range.from) / 5;
  const right = !crosses(frame, scale, y, frame.range.to - span, frame.range.to);
  const left = !right && !crosses(frame, scale, y, frame.range.from, frame.range.from + span);
  dotted(ink, left ? room : 0, right ? width - room : plot.right, y, colors.line);
  const label = { text, y: inside, color: colors.faint, font: type };
  if (right) write(ink, { ...label, x: width, align: 'right' });
  else if (left) write(ink, { ...label, x: 0 });
}

/** Whether the line comes near a height between two times. */
function crosses(
  { view }: SparklineFrame,
  scale: TraceOptions,
  y: number,
  from: number,
  to: number,
): boolean {
  const { times, values } = view;
  for (let index = firstAtOrAfter(times, from); index < times.length && times[index]! <= to; index++) {
    if (Math.abs(scale.y(values[index]!) - y) < SMALL) return true;
  }
  return false;
}

function drawLine(ink: Ink, frame: SparklineFrame, scale: TraceOptions, plot: Box, colors: Palette): void {
  const path = new Path2D();
  trace(path, frame.view, scale);
  ink.save();
  ink.beginPath();
  ink.rect(0, 0, plot.right, plot.bottom + DOT + 1);
  ink.clip();
  ink.lineJoin = 'round';
  ink.lineWidth = STROKE;
  ink.strokeStyle = frame.stale ? colors.stale : colors.muted;
  ink.stroke(path);
  if (!frame.stale)
    for (const limit of bySeverity(frame.limits)) strokeBeyond(ink, path, limit, scale, plot, colors);
  ink.restore();
  const last = lastAt(frame.view, frame.range.to);
  if (last === undefined) return;
  const alive = frame.breached === undefined ? colors.text : colors[frame.breached.severity];
  const color = frame.stale ? colors.stale : alive;
  dot(ink, Math.min(plot.right, scale.x(last.time)), scale.y(last.value), DOT, color, color);
}

function strokeBeyond(
  ink: Ink,
  path: Path2D,
  limit: ChartLimit,
  scale: TraceOptions,
  plot: Box,
  colors: Palette,
): void {
  const y = scale.y(limit.value);
  const [top, bottom] = limit.when === 'above' ? [0, y] : [y, plot.bottom + DOT + 1];
  if (bottom <= top) return;
  ink.save();
  ink.beginPath();
  ink.rect(0, top, plot.right, bottom - top);
  ink.clip();
  ink.strokeStyle = colors[limit.severity];
  ink.lineWidth = STROKE + 0.25;
  ink.stroke(path);
  ink.restore();
}
