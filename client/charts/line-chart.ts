import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartGroup, TimeRange } from './chart-group.ts';
import { drawCursorTime } from './draw-cursor.ts';
import { drawEnds, endsWidth, type LineEnd } from './draw-ends.ts';
import { type ChartGap, drawMends, drawVoids, labelGaps } from './draw-gaps.ts';
import { type ChartKind, type ChartLimit, drawLimits, drawLines } from './draw-lines.ts';
import type { Box, Ink } from './ink.ts';
import styles from './line-chart.module.css';
import { onPaletteChange, palette, seriesInk } from './palette.ts';
import { extent, lastAt, nearest, type SeriesView } from './series-view.ts';
import { stack } from './stack.ts';
import { FOOT_PX, LANE_PX, uplotOptions } from './uplot-options.ts';
import { type AxisBase, rangeOf, steadyAxis, type ValueAxis, valueAxis } from './value-axis.ts';

export interface LineChartOptions {
  kind: ChartKind;
  /** One for each view of a frame, in the same order. A single series may go without a name. */
  names: readonly string[];
  limits: readonly ChartLimit[];
  base: AxisBase;
  /** Fixed ends of the value axis. */
  min?: number | undefined;
  max?: number | undefined;
  /** 1 where values are counts. */
  minStep?: number;
  /** Value as the end labels and the table say it; the `step` of the axis tells how fine. */
  format(value: number, step: number): string;
  /** Value as the axis says it. */
  formatTick(value: number, step: number): string;
  group: ChartGroup;
  /** Server clock (ms). */
  now(): number;
  /** Something but the data changed: the chart wants to be painted again. */
  invalidate(): void;
}

/** What is to be seen at one moment. */
export interface ChartFrame {
  range: TimeRange;
  views: readonly SeriesView[];
  gaps: readonly ChartGap[];
}

/** Lines of the value axis closer than this are a grid and no scale. */
const TICK_ROOM_PX = 46;

/**
 * A chart of lines, areas or a stack over time. It stands outside React: whoever owns it calls `paint` when there is
 * something new. uPlot keeps scales, axes, cursor and the canvas at the real pixels; all ink of the data is ours.
 */
export class LineChart {
  readonly #host: HTMLElement;
  readonly #options: LineChartOptions;
  readonly #observer: ResizeObserver;
  readonly #forgetPalette: () => void;
  #plot: uPlot | undefined;
  #frame: ChartFrame | undefined;
  /** The series as drawn: in a stack each with all below it. */
  #views: readonly SeriesView[] = [];
  #axis: ValueAxis | undefined;
  #endsWidth = 0;
  #cursor: number | undefined;

  constructor(host: HTMLElement, options: LineChartOptions) {
    this.#host = host;
    this.#options = options;
    host.classList.add(styles.chart!);
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.#forgetPalette = onPaletteChange(() => this.#rebuild());
  }

  /** Time under the cursor (ms), while there is one. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  get frame(): ChartFrame | undefined {
    return this.#frame;
  }

  /** A value in the words of the end labels. */
  say(value: number): string {
    return this.#options.format(value, this.#axis?.step ?? 1);
  }

  paint(frame: ChartFrame): void {
    this.#frame = frame;
    const { kind } = this.#options;
    this.#views = kind === 'stacked' ? stack(frame.views) : frame.views;
    this.#plot ??= this.#create();
    const plot = this.#plot;
    if (plot === undefined) return;
    this.#axis = steadyAxis(this.#axis, this.#wantedAxis(frame.range, plot.height));
    this.#fitEnds(this.#ends());
    const { range } = frame;
    const axis = this.#axis;
    plot.batch(() => {
      plot.setData(this.#facets(), false);
      plot.setScale('x', { min: range.from, max: range.to });
      plot.setScale('y', { min: axis.min, max: axis.max });
    });
  }

  /** Puts the cursor of all charts of the group on a time, or takes it away. */
  moveCursor(time: number | undefined): void {
    const plot = this.#plot;
    if (plot === undefined) return;
    const at =
      time === undefined
        ? { left: -10, top: -10 }
        : { left: plot.valToPos(time, 'x'), top: plot.over.clientHeight / 2 };
    // The third argument, which tells the other charts, is missing from uPlot's types.
    const setCursor: (at: { left: number; top: number }, fire: boolean, publish: boolean) => void =
      plot.setCursor;
    setCursor(at, true, true);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#forgetPalette();
    this.#options.group.release(this);
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #wantedAxis(range: TimeRange, height: number): ValueAxis {
    const { kind, limits, base, min, max, minStep } = this.#options;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const view of this.#views) {
      const one = extent(view, range.from, range.to);
      low = Math.min(low, one.min);
      high = Math.max(high, one.max);
    }
    const [lo, hi] = rangeOf(low, high, {
      zero: kind !== 'lines',
      limits: limits.map((limit) => limit.value),
    });
    const steps = Math.max(1, Math.min(5, Math.floor((height - FOOT_PX) / TICK_ROOM_PX)));
    return valueAxis(lo, hi, { steps, base, min, max, ...(minStep !== undefined && { minStep }) });
  }

  #facets(): uPlot.AlignedData {
    // Faceted data has its own shape, which uPlot's types do not know for setData.
    const facets: unknown[] = [null, ...this.#views.map((view) => [view.times, view.values])];
    return facets as uPlot.AlignedData;
  }

  #create(): uPlot | undefined {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width < 40 || height < 40) return undefined;
    const options = uplotOptions({
      width,
      height,
      lines: this.#options.names.length,
      axis: () => this.#axis,
      endsWidth: () => this.#endsWidth,
      formatTick: this.#options.formatTick,
      syncKey: this.#options.group.key,
      nearest: (line, time) => nearest(this.#views[line]!.times, time),
      draw: (plot) => this.#draw(plot),
      cursorMoved: (plot) => this.#cursorMoved(plot),
      selected: (plot) => this.#selected(plot),
      entered: () => this.#options.group.hold(this, this.#options.now()),
      left: () => this.#options.group.release(this),
      doubleClicked: () => this.#options.group.zoom(),
    });
    return new uPlot(options, this.#facets(), this.#host);
  }

  #rebuild(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#options.invalidate();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (this.#plot !== undefined && width >= 40 && height >= 40) this.#plot.setSize({ width, height });
    this.#options.invalidate();
  }

  /** Room for the end labels grows at once and shrinks only when much of it is empty, or lines would jump about. */
  #fitEnds(ends: readonly LineEnd[]): void {
    const wanted = endsWidth(ends, palette());
    if (wanted > this.#endsWidth || wanted < this.#endsWidth - 24) this.#endsWidth = wanted;
  }

  /** The value each line has at its end; with a cursor, at the cursor. */
  #ends(): LineEnd[] {
    const frame = this.#frame;
    if (frame === undefined) return [];
    const colors = palette();
    const ends: LineEnd[] = [];
    this.#views.forEach((view, index) => {
      const own = frame.views[index]!;
      const last = lastAt(view, frame.range.to);
      if (last === undefined || last.time < frame.range.from) return;
      const at = nearest(own.times, this.#cursor ?? last.time);
      ends.push({
        name: this.#options.names[index] ?? '',
        value: at === undefined ? '–' : this.say(own.values[at]!),
        color: seriesInk(colors, index).color,
        x: last.time,
        y: last.value,
      });
    });
    return ends;
  }

  #draw(plot: uPlot): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    const colors = palette();
    const ratio = uPlot.pxRatio;
    const { left, top, width, height } = plot.bbox;
    const box: Box = {
      left: left / ratio,
      top: top / ratio,
      right: (left + width) / ratio,
      bottom: (top + height) / ratio,
    };
    const { range } = frame;
    const axis = { min: plot.scales.y!.min!, max: plot.scales.y!.max! };
    const perMs = (box.right - box.left) / (range.to - range.from);
    const perValue = (box.bottom - box.top) / (axis.max - axis.min);
    const x = (time: number): number => box.left + (time - range.from) * perMs;
    const y = (value: number): number => box.bottom - (value - axis.min) * perValue;

    const ink: Ink = plot.ctx;
    ink.save();
    ink.scale(ratio, ratio);
    drawVoids(ink, frame.gaps, x, box, colors);
    drawLimits(ink, this.#options.limits, y, box, colors);
    const scale = { ...range, x, y, msPerPixel: 1 / perMs };
    const { kind, limits } = this.#options;
    drawLines(ink, { kind, views: this.#views, limits, scale, plot: box }, colors);
    drawMends(ink, frame.gaps, x, box, colors);
    if (box.top >= LANE_PX) labelGaps(ink, frame.gaps, x, box, colors, this.#cursor);
    const ends = this.#ends().map((end) => ({ ...end, x: x(end.x), y: y(end.y) }));
    drawEnds(ink, ends, box, plot.width, colors);
    if (this.#cursor !== undefined) drawCursorTime(ink, this.#cursor, x(this.#cursor), box, colors);
    ink.restore();
  }

  #cursorMoved(plot: uPlot): void {
    const left = plot.cursor.left ?? -10;
    const time = left < 0 ? undefined : plot.posToVal(left, 'x');
    if (time === this.#cursor) return;
    this.#cursor = time;
    this.#options.invalidate();
  }

  #selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    const range = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#options.group.zoom(range);
  }
}
