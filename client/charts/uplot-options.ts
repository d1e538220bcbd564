import uPlot from 'uplot';
import { font, SMALL } from './ink.ts';
import { palette, seriesInk } from './palette.ts';
import { textWidth } from './text-width.ts';
import { timeLabel, timeStep, timeTicks } from './time-axis.ts';
import type { ValueAxis } from './value-axis.ts';

/** The lane for gap labels needs a chart of this height; below it the plot takes the room. */
const LANE_FROM_PX = 130;
export const LANE_PX = 24;
/** Height of the time axis. */
export const FOOT_PX = 22;
/** A time tick nearer to an end of the axis would hang over it. */
const EDGE_PX = 12;

/** What uPlot asks of the chart it belongs to, and tells it. */
export interface UplotParts {
  width: number;
  height: number;
  /** How many lines there are. */
  lines: number;
  axis(): ValueAxis | undefined;
  /** Room for the end labels right of the plot, in px. */
  endsWidth(): number;
  formatTick(value: number, step: number): string;
  /** Charts with the same key share a cursor. */
  syncKey: string;
  /** Index of the point of a line nearest to a time (ms). */
  nearest(line: number, time: number): number | undefined;
  draw(plot: uPlot): void;
  cursorMoved(plot: uPlot): void;
  selected(plot: uPlot): void;
  entered(): void;
  left(): void;
  doubleClicked(): void;
}

/** The quiet frame: labels flush left, hairlines, a baseline, and no ink of the data, which the chart draws itself. */
export function uplotOptions(parts: UplotParts): uPlot.Options {
  const { width, height } = parts;
  return {
    mode: 2,
    ms: 1,
    width,
    height,
    legend: { show: false },
    padding: [() => (height >= LANE_FROM_PX ? LANE_PX : SMALL), () => parts.endsWidth(), 0, 0],
    scales: { x: { time: true, auto: false }, y: { auto: false } },
    axes: [timeAxis(), valueAxis(parts)],
    series: [{}, ...Array.from({ length: parts.lines }, (_, line) => series(line))],
    cursor: cursor(parts),
    hooks: {
      draw: [(plot) => parts.draw(plot)],
      setCursor: [(plot) => parts.cursorMoved(plot)],
      setSelect: [(plot) => parts.selected(plot)],
    },
  };
}

function timeAxis(): uPlot.Axis {
  const colors = palette();
  let step = 60_000;
  return {
    scale: 'x',
    size: FOOT_PX,
    gap: 3,
    font: font(colors, SMALL),
    stroke: colors.faint,
    grid: { show: false },
    ticks: { stroke: colors.line, width: 1, size: 4 },
    border: { show: true, stroke: colors.line, width: 1 },
    splits(plot, _axis, min, max) {
      const room = Math.max(1, plot.bbox.width / uPlot.pxRatio);
      const edge = ((max - min) / room) * EDGE_PX;
      step = timeStep(max - min, room);
      return timeTicks(min + edge, max - edge, step);
    },
    values: (_plot, ticks) => ticks.map((tick) => timeLabel(tick, step)),
  };
}

function valueAxis({ axis, formatTick }: UplotParts): uPlot.Axis {
  const colors = palette();
  const type = font(colors, SMALL);
  return {
    scale: 'y',
    size: (_plot, texts) => Math.max(0, ...(texts ?? []).map((text) => textWidth(text, type))) + 8,
    gap: 7,
    font: type,
    stroke: colors.faint,
    grid: {
      stroke: colors.hair,
      width: 1,
      // The lowest line is the baseline, which the time axis draws.
      filter: (_plot, ticks) => ticks.map((tick) => (tick === axis()?.min ? null : tick)),
    },
    ticks: { show: false },
    splits: () => axis()?.ticks ?? [],
    values: (_plot, ticks) => ticks.map((tick) => formatTick(tick, axis()?.step ?? 1)),
  };
}

function series(line: number): uPlot.Series {
  return {
    stroke: seriesInk(palette(), line).color,
    facets: [
      { scale: 'x', auto: false },
      { scale: 'y', auto: false },
    ],
    paths: () => null,
    points: { show: false },
  };
}

function cursor(parts: UplotParts): uPlot.Cursor {
  const colors = palette();
  return {
    y: false,
    drag: { x: true, y: false, setScale: false },
    sync: {
      key: parts.syncKey,
      scales: ['x', null],
      // Only the cursor is shared by uPlot; a zoom goes through the chart group.
      filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
    },
    points: {
      size: 7,
      width: 1.75,
      fill: () => colors.tile,
      stroke: (_plot, index) => seriesInk(colors, index - 1).color,
    },
    // uPlot takes null for "none", which its types leave out.
    dataIdx: (plot, index) =>
      parts.nearest(index - 1, plot.posToVal(plot.cursor.left ?? 0, 'x')) ?? (null as never),
    bind: {
      dblclick: () => () => {
        parts.doubleClicked();
        return null;
      },
      mouseenter: (_plot, _target, handler) => (event) => {
        parts.entered();
        return handler(event);
      },
      mouseleave: (_plot, _target, handler) => (event) => {
        parts.left();
        return handler(event);
      },
    },
  };
}
