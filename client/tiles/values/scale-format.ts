import type { Series } from '../../../shared/domain/board.ts';
import type { AxisBase } from '../../charts/value-axis.ts';
import { formatNumber, formatText, type NumberFormat } from '../../live/format.ts';
import { pointerName } from './pointer.ts';

/** How a chart writes its numbers. */
export interface ChartFormat {
  /** Stands behind the title where every value has the same unit: `MW`. */
  title: string | undefined;
  base: AxisBase;
  minStep?: number;
  value(value: number, step: number): string;
  tick(value: number, step: number): string;
}

const BASES: Record<NonNullable<NumberFormat['style']>, AxisBase> = {
  plain: 'decimal',
  si: 'decimal',
  percent: 'decimal',
  bytes: 'binary',
  duration: 'duration',
};

/** Digits after the point that tell two neighbours of the axis apart. */
function decimalsOf(step: number): number {
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** `1.50 MiB` is `1.5 MiB`: ticks are round numbers. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}

export function chartFormat(format: NumberFormat): ChartFormat {
  const style = format.style ?? 'plain';
  const sameUnit = style === 'plain' || style === 'percent';
  return {
    title: style === 'percent' ? '%' : sameUnit ? format.unit : undefined,
    base: BASES[style],
    ...(format.decimals === 0 && sameUnit && { minStep: 1 }),
    value(value, step) {
      if (!sameUnit) return formatText(value, format);
      // One digit more than the axis has, always as many: a label that changes its length cannot be read.
      const finer = step >= 10 ? 0 : decimalsOf(step) + 1;
      return formatNumber(value, { ...format, decimals: format.decimals ?? finer }).text;
    },
    tick(value, step) {
      if (!sameUnit)
        return value === 0 ? '0' : withoutZeros(formatText(value, { ...format, decimals: undefined }));
      return formatNumber(value, { ...format, decimals: decimalsOf(step) }).text;
    },
  };
}

/** What each line of a tile is called: its label, else what tells it from the others. */
export function seriesNames(series: readonly Series[]): string[] {
  const channels = new Set(series.map((one) => one.channel)).size;
  const lasts = series.map((one) => pointerName(one.pointer).split(' ').at(-1) ?? '');
  return series.map((one, index) => {
    if (one.label !== undefined) return one.label;
    const last = lasts[index]!;
    if (channels > 1 && (last === '' || lasts.filter((other) => other === last).length > 1))
      return one.channel;
    return lasts.filter((other) => other === last).length > 1
      ? pointerName(one.pointer)
      : last || one.channel;
  });
}
