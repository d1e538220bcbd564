import type { ChartGap } from './draw-gaps.ts';
import type { ChartFrame } from './line-chart.ts';
import { firstAtOrAfter, lastAt, type SeriesView } from './series-view.ts';

export interface TableRow {
  /** Beginning of the span that the row stands for (ms). */
  time: number;
  /** Newest value of each series in that span; undefined where there is none. */
  values: (number | undefined)[];
  /** What was missing in it, in words. */
  note: string;
}

const SPANS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200].map(
  (seconds) => seconds * 1_000,
);

/** The span of one row, so that a window makes at most `most` rows. */
export function rowSpan(windowMs: number, most: number): number {
  return SPANS.find((span) => windowMs / span <= most) ?? SPANS[SPANS.length - 1]!;
}

/** A chart as rows, newest first: what a person reads who does not see the drawing. */
export function tableRows({ range, views, gaps }: ChartFrame, span: number): TableRow[] {
  const rows: TableRow[] = [];
  const last = Math.floor(range.to / span) * span;
  for (let time = last; time > range.from - span; time -= span) {
    const values = views.map((view) => newestIn(view, time, Math.min(time + span, range.to + 1)));
    const note = notesIn(gaps, time, time + span);
    if (note !== '' || values.some((value) => value !== undefined)) rows.push({ time, values, note });
  }
  return rows;
}

function newestIn(view: SeriesView, from: number, to: number): number | undefined {
  const index = firstAtOrAfter(view.times, to) - 1;
  return index >= 0 && view.times[index]! >= from ? view.values[index] : undefined;
}

function notesIn(gaps: readonly ChartGap[], from: number, to: number): string {
  return gaps
    .filter((gap) => gap.from < to && gap.from >= from && gap.label !== '')
    .map((gap) => gap.label)
    .join(', ');
}

export interface SeriesFacts {
  name: string;
  now: number | undefined;
  min: number;
  max: number;
}

/** Now, lowest and highest of each series in the window. */
export function factsOf(frame: ChartFrame, names: readonly string[]): SeriesFacts[] {
  return frame.views.map((view, index) => {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    const end = firstAtOrAfter(view.times, frame.range.to);
    for (let at = firstAtOrAfter(view.times, frame.range.from); at < end; at++) {
      min = Math.min(min, view.values[at]!);
      max = Math.max(max, view.values[at]!);
    }
    return { name: names[index] ?? '', now: lastAt(view, frame.range.to)?.value, min, max };
  });
}

/** `CPU, last 5 min: now 41 %, min 12 %, max 93 %` */
export function describeChart(
  title: string,
  span: string,
  facts: readonly SeriesFacts[],
  format: (value: number) => string,
): string {
  const parts = facts.map(({ name, now, min, max }) => {
    if (now === undefined || min > max) return `${name} no data`.trim();
    const values = `now ${format(now)}, min ${format(min)}, max ${format(max)}`;
    return name === '' ? values : `${name} ${values}`;
  });
  return `${title}, last ${span}: ${parts.join('; ')}`;
}
