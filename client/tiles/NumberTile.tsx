import { type ReactNode, useRef } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { Sparkline } from '../charts/sparkline.ts';
import { formatNumber } from '../live/format.ts';
import { SteadyDigits } from '../live/steady-digits.ts';
import { useBoardContext } from './board-context.ts';
import { TileFrame } from './TileFrame.tsx';
import { levelOf } from './tile-levels.ts';
import { useTile } from './use-tile.ts';
import { ValueHead } from './ValueHead.tsx';
import styles from './value.module.css';
import { saidOf, ValueWriter } from './value-writer.ts';
import { historyFor } from './values/board-window.ts';
import { changeText, changeWindow } from './values/change-text.ts';
import { chartGaps } from './values/silence.ts';
import { breachOf, breachText, limitText } from './values/thresholds.ts';

/** One figure, what happened to it, and where it came from. */
export function NumberTile({ tile }: { tile: TileOf<'number'> }): ReactNode {
  const { windowMs, windowWords, charts } = useBoardContext();
  const root = useRef<HTMLElement>(null);
  const { series, thresholds = [], unit, style, decimals } = tile;
  const format = { unit, style, decimals };

  const problem = useTile(root, {
    series: [series],
    options: historyFor(windowMs),
    numeric: true,
    key: JSON.stringify([thresholds, format]),
    setUp({ root: element, chrome, series: [live], feeds, invalidate }) {
      const digits = new SteadyDigits();
      const writer = new ValueWriter(element);
      const sparkline = new Sparkline(element.querySelector(`.${styles.spark}`)!, invalidate);
      return {
        paint(now, fresh) {
          const view = live!.view();
          const value = live!.last?.value;
          charts.reaches(view.times[0]);
          const range = charts.range(now, windowMs);
          const window = changeWindow(view, now, { windowMs, windowWords });
          const shown = digits.format(value, format);
          const breach = breachOf(value, thresholds);
          chrome.update(fresh, breach);
          const said = saidOf(fresh, breach && breachText(view, breach, window, format), () =>
            changeText(view, window, shown),
          );
          writer.write(formatNumber(value ?? Number.NaN, shown), said, breach);
          sparkline.paint({
            range,
            view,
            limits: thresholds,
            gaps: chartGaps(feeds, fresh, now),
            breached: breach,
            stale: fresh.staleness === 'stale',
            format: (limit) => limitText(limit, format),
          });
        },
        level: () => levelOf([live!], thresholds),
        destroy: () => sparkline.destroy(),
      };
    },
  });

  return (
    <TileFrame tile={tile} ref={root} problem={problem} loss>
      <ValueHead />
      <div className={styles.spark} />
    </TileFrame>
  );
}
