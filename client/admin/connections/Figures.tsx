import type { ReactNode } from 'react';
import { formatAge, formatCount } from '../../live/format.ts';
import { SeverityTag } from '../../ui/Severity.tsx';
import styles from './Figures.module.css';
import { HISTORY_MS, type Totals, type TotalsAt } from './totals-history.ts';

export interface FiguresProps {
  totals: Totals | undefined;
  history: readonly TotalsAt[];
}

const figures: readonly { key: keyof Totals; name: string }[] = [
  { key: 'people', name: 'People' },
  { key: 'browsers', name: 'Devices' },
  { key: 'walls', name: 'Walls' },
  { key: 'programs', name: 'Programs' },
  { key: 'slow', name: 'Slow' },
];

/** What is true now, and how it came to be while this page was open. */
export function Figures({ totals, history }: FiguresProps): ReactNode {
  const first = history[0]?.time ?? 0;
  const last = history.at(-1)?.time ?? 0;
  // A place without walls has no use for their figure.
  const shown = figures.filter(({ key }) => key !== 'walls' || history.some(({ walls }) => walls > 0));
  const span = Math.min(HISTORY_MS, last - first);
  return (
    <div className={styles.figures}>
      {shown.map(({ key, name }) => (
        <section key={key} className={styles.figure} aria-label={name}>
          <header>
            <h2>{name}</h2>
            <span>{formatAge(span)}</span>
          </header>
          <p>
            <b>{totals === undefined ? '–' : formatCount(totals[key])}</b>
            {key === 'slow' && (totals?.slow ?? 0) > 0 ? (
              <SeverityTag severity="warning">High</SeverityTag>
            ) : (
              <small>{totals !== undefined && remark(key, totals)}</small>
            )}
          </p>
          <Spark history={history} figure={key} from={last - span} to={last} />
        </section>
      ))}
    </div>
  );
}

function remark(key: keyof Totals, { people, slow }: Totals): string {
  if (key === 'browsers') return people === 1 ? 'of 1 person' : `of ${formatCount(people)} people`;
  if (key === 'slow') return slow === 0 ? 'everybody keeps up' : '';
  return '';
}

interface SparkProps {
  history: readonly TotalsAt[];
  figure: keyof Totals;
  from: number;
  to: number;
}

const WIDTH = 200;
const HEIGHT = 28;

/** Counts are drawn as steps, not smoothed; the line below is zero. */
function Spark({ history, figure, from, to }: SparkProps): ReactNode {
  const top = Math.max(1, ...history.map((one) => one[figure]));
  const x = (time: number): string =>
    ((Math.max(0, time - from) / Math.max(1, to - from)) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT - 1 - (value / top) * (HEIGHT - 4)).toFixed(1);
  const path = history
    .map(
      (one, index) => `${index === 0 ? 'M' : 'H'}${x(one.time)}${index === 0 ? ',' : 'V'}${y(one[figure])}`,
    )
    .join('');
  const slow = figure === 'slow' && (history.at(-1)?.slow ?? 0) > 0;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className={styles.spark}>
      <path className={styles.zero} d={`M0,${HEIGHT - 0.5}H${WIDTH}`} />
      <path className={slow ? styles.bad : styles.line} d={path} />
    </svg>
  );
}
