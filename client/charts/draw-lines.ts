import { type Box, dotted, type Ink } from './ink.ts';
import { type Palette, seriesInk } from './palette.ts';
import type { SeriesView } from './series-view.ts';
import { AreaPen, type TraceOptions, trace } from './trace.ts';

/** A value that is not to be passed. */
export interface ChartLimit {
  value: number;
  when: 'above' | 'below';
  severity: 'warning' | 'critical';
}

export type ChartKind = 'lines' | 'area' | 'stacked';

const STROKE = 12 / 7;

/** A dotted line where each limit lies inside the picture. */
export function drawLimits(
  ink: Ink,
  limits: readonly ChartLimit[],
  y: (value: number) => number,
  plot: Box,
  colors: Palette,
): void {
  for (const limit of limits) {
    const at = y(limit.value);
    if (at >= plot.top && at <= plot.bottom) dotted(ink, plot.left, plot.right, at, colors.line);
  }
}

export interface Lines {
  kind: ChartKind;
  /** In a stack each with all below it added. */
  views: readonly SeriesView[];
  limits: readonly ChartLimit[];
  scale: TraceOptions;
  plot: Box;
}

/** All series: what is filled first, then each line on a rim of the tile's colour, so that crossings stay legible. */
export function drawLines(ink: Ink, lines: Lines, colors: Palette): void {
  const { kind, views, plot, scale } = lines;
  ink.save();
  ink.beginPath();
  ink.rect(plot.left, plot.top - STROKE, plot.right - plot.left, plot.bottom - plot.top + STROKE * 2);
  ink.clip();
  ink.lineJoin = 'round';
  // From the highest of a stack down: each one covers what of its neighbours lies below it.
  for (let index = views.length - 1; kind !== 'lines' && index >= 0; index--) {
    fillBelow(
      ink,
      views[index]!,
      scale,
      plot.bottom,
      seriesInk(colors, index).color,
      kind === 'stacked' ? colors.tile : undefined,
    );
  }
  views.forEach((view, index) => {
    const path = new Path2D();
    trace(path, view, scale);
    const { color, dash } = seriesInk(colors, index);
    ink.lineWidth = STROKE + 2;
    ink.strokeStyle = colors.tile;
    if (kind === 'lines') ink.stroke(path);
    ink.lineWidth = STROKE;
    ink.strokeStyle = color;
    ink.setLineDash(dash);
    ink.stroke(path);
    ink.setLineDash([]);
    if (kind !== 'stacked')
      for (const limit of bySeverity(lines.limits)) strokeBeyond(ink, path, limit, lines, colors);
  });
  ink.restore();
}

function fillBelow(
  ink: Ink,
  view: SeriesView,
  scale: TraceOptions,
  base: number,
  color: string,
  cover: string | undefined,
): void {
  const path = new Path2D();
  const pen = new AreaPen(path, base);
  trace(pen, view, scale);
  pen.finish();
  if (cover !== undefined) {
    ink.fillStyle = cover;
    ink.fill(path);
  }
  ink.globalAlpha = cover === undefined ? 0.14 : 0.34;
  ink.fillStyle = color;
  ink.fill(path);
  ink.globalAlpha = 1;
}

/** Only the stroke beyond a limit takes the hue of its severity. */
function strokeBeyond(
  ink: Ink,
  path: Path2D,
  limit: ChartLimit,
  { scale, plot }: Lines,
  colors: Palette,
): void {
  const at = scale.y(limit.value);
  const top = limit.when === 'above' ? plot.top - STROKE : at;
  const bottom = limit.when === 'above' ? at : plot.bottom + STROKE;
  if (bottom <= top) return;
  ink.save();
  ink.beginPath();
  ink.rect(plot.left, top, plot.right - plot.left, bottom - top);
  ink.clip();
  ink.strokeStyle = colors[limit.severity];
  ink.lineWidth = STROKE + 0.4;
  ink.stroke(path);
  ink.restore();
}

/** The more severe limit is drawn later and covers the milder one. */
export function bySeverity(limits: readonly ChartLimit[]): ChartLimit[] {
  return [...limits].sort((a, b) => Number(a.severity === 'critical') - Number(b.severity === 'critical'));
}
