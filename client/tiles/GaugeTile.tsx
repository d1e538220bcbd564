import { type ReactNode, useRef } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { Meter } from '../charts/meter.ts';
import { formatNumber, formatText, type NumberFormat } from '../live/format.ts';
import type { SeriesView } from '../live/series-buffer.ts';
import { SteadyDigits } from '../live/steady-digits.ts';
import { useBoardContext } from './board-context.ts';
import { TileFrame } from './TileFrame.tsx';
import { levelOf } from './tile-levels.ts';
import { useTile } from './use-tile.ts';
import { ValueHead } from './ValueHead.tsx';
import { saidOf, ValueWriter } from './value-writer.ts';
import { historyFor } from './values/board-window.ts';
import { type ChangeWindow, changeText, changeWindow } from './values/change-text.ts';
import { forecastText, timeToReach } from './values/forecast.ts';
import { breachOf, breachText } from './values/thresholds.ts';

/** A figure between two ends, with its limits on the scale and when it will reach them. */
export function GaugeTile({ tile }: { tile: TileOf<'gauge'> }): ReactNode {
  const { windowMs, windowWords } = useBoardContext();
  const root = useRef<HTMLElement>(null);
  const { series, thresholds = [], unit, style, decimals, min, max, title } = tile;
  const format: NumberFormat = { unit, style, decimals };

  const problem = useTile(root, {
    series: [series],
    options: historyFor(windowMs),
    numeric: true,
    key: JSON.stringify([thresholds, format, min, max, title]),
    setUp({ root: element, chrome, series: [live] }) {
      const digits = new SteadyDigits();
      const writer = new ValueWriter(element);
      const bare: NumberFormat = {
        ...format,
        unit: undefined,
        decimals: undefined,
        ...(style === 'percent' && { style: 'plain' }),
      };
      const meter = new Meter(element.querySelector<HTMLElement>('[data-meter]')!, {
        name: title,
        min,
        max,
        limits: thresholds,
        format: (value) => formatText(value, bare),
      });
      return {
        level: () => levelOf([live!], thresholds),
        paint(now, fresh) {
          const value = live!.last?.value;
          const view = live!.view();
          const breach = breachOf(value, thresholds);
          const window = changeWindow(view, now, { windowMs, windowWords });
          const shown = digits.format(value, format);
          chrome.update(fresh, breach);
          const said = saidOf(fresh, breach && breachText(view, breach, window, format), () =>
            outlook(tile, view, window, shown),
          );
          writer.write(formatNumber(value ?? Number.NaN, shown), said, breach);
          meter.show(value, formatText(value ?? Number.NaN, shown), breach?.severity);
        },
      };
    },
  });

  return (
    <TileFrame tile={tile} ref={root} problem={problem} loss>
      <ValueHead />
      <div data-meter />
    </TileFrame>
  );
}

/** Where it is going, when that can be said; else what it did. */
function outlook(
  { thresholds = [] }: TileOf<'gauge'>,
  view: SeriesView,
  window: ChangeWindow,
  format: NumberFormat,
): string {
  const reached = thresholds
    .map((threshold) => ({ threshold, ms: timeToReach(view, window.from, threshold.value) }))
    .filter((one) => one.ms !== undefined)
    .sort((a, b) => a.ms! - b.ms!)[0];
  if (reached === undefined) return changeText(view, window, format);
  const limit = formatText(reached.threshold.value, { ...format, decimals: undefined });
  return `at ${limit} in ${forecastText(reached.ms!)}`;
}
