import type { ReactNode } from 'react';
import type { ReceiptCounts } from '../../../shared/domain/announcement.ts';
import { formatCount } from '../../live/format.ts';
import { Mark } from './Mark.tsx';
import { placeLabels } from './place-labels.ts';
import styles from './ReceiptBar.module.css';
import { MARKS_MAX, type Standing, shares, standings } from './receipt-marks.ts';
import { useSize } from './use-size.ts';

const MARK_TOP = 44;
const MARK_HEIGHT = 46;
/** Room for two dimension lines above the marks; one line of words below them where they fit. */
const HEIGHT = 98;
const WORDS_HEIGHT = 118;
/** Below this width the words stand in a list of their own. */
const WORDS_MIN = 600;
/** A narrower square is no person any more but a stripe; then they merge into a bar. */
const SQUARE_MIN = 6;
/** Between two squares, in px. */
const GAP = 2;
/** Rough width of a digit or letter at 12 px, enough to keep a line from running through its own words. */
const LETTER = 6.4;

const words: Record<Exclude<Standing, 'urgent'>, string> = {
  acknowledged: 'acknowledged',
  seen: 'only seen',
  delivered: 'only delivered',
  unreachable: 'unreachable so far',
};

export interface ReceiptBarProps {
  counts: ReceiptCounts;
  /** People whose answer is urgent; they stand first. */
  urgent: number;
}

/** Every square is a person; above 200 people they merge into a bar. Lengths above it say how far the message came. */
export function ReceiptBar({ counts, urgent }: ReceiptBarProps): ReactNode {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const total = counts.targeted;
  const wide = width >= WORDS_MIN;
  const share = shares(counts, urgent);
  const says = [
    `${counts.acknowledged} of ${total} acknowledged`,
    `${counts.seen} seen`,
    `${counts.delivered} delivered`,
    `${share.unreachable} unreachable so far`,
  ].join(', ');
  return (
    <div ref={ref} className={styles.bar}>
      {width > 0 && total > 0 && (
        <svg width={width} height={wide ? WORDS_HEIGHT : HEIGHT} role="img" aria-label={says}>
          <Lengths counts={counts} width={width} />
          {total <= MARKS_MAX && width / total >= SQUARE_MIN ? (
            <Squares share={share} total={total} width={width} />
          ) : (
            <Merged share={share} total={total} width={width} />
          )}
          {wide && <Words share={share} total={total} width={width} />}
        </svg>
      )}
      {width > 0 && !wide && <WordList share={share} />}
    </div>
  );
}

function Lengths({ counts, width }: { counts: ReceiptCounts; width: number }): ReactNode {
  const lengths = [
    { n: counts.delivered, y: 9.5, label: `${formatCount(counts.delivered)} delivered` },
    { n: counts.seen, y: 27.5, label: `${formatCount(counts.seen)} seen` },
  ];
  return lengths.map(({ n, y, label }) => {
    const x = Math.round((n / counts.targeted) * width) - 2;
    const room = label.length * LETTER + 28;
    if (n === 0) return null;
    const inside = x > room;
    return (
      <g key={label}>
        <path
          className={styles.length}
          d={`M.5,${y - 5}v10M${x - 0.5},${y - 5}V${MARK_TOP - 4}M0,${y}H${inside ? x - room : x}${inside ? `M${x - 14},${y}H${x}` : ''}`}
        />
        <text
          className={styles.strong}
          x={inside ? x - 18 : x + 6}
          y={y + 4}
          textAnchor={inside ? 'end' : 'start'}
        >
          {label}
        </text>
      </g>
    );
  });
}

interface Drawn {
  share: Record<Standing, number>;
  total: number;
  width: number;
}

function Squares({ share, total, width }: Drawn): ReactNode {
  const each = standings.flatMap((standing) => Array.from({ length: share[standing] }, () => standing));
  return each.map((standing, index) => {
    const x = Math.round((index * width) / total);
    const w = Math.max(1, Math.round(((index + 1) * width) / total) - GAP - x);
    // biome-ignore lint/suspicious/noArrayIndexKey: a square is its place in the row
    return <Square key={index} standing={standing} x={x} w={w} />;
  });
}

function Square({ standing, x, w }: { standing: Standing; x: number; w: number }): ReactNode {
  const box = { x, y: MARK_TOP, width: w, height: MARK_HEIGHT, rx: 1 };
  const stroke = Math.min(1.5, w / 4);
  const outline = {
    x: x + stroke / 2,
    y: MARK_TOP + stroke / 2,
    width: Math.max(0.5, w - stroke),
    height: MARK_HEIGHT - stroke,
    rx: 1,
    strokeWidth: stroke,
  };
  if (standing === 'acknowledged') return <rect className={styles.full} {...box} />;
  if (standing === 'unreachable') return <rect className={styles.dashed} {...outline} strokeWidth={1} />;
  if (standing === 'delivered') return <rect className={styles.outline} {...outline} />;
  if (standing === 'seen') {
    return (
      <>
        <rect className={styles.outline} {...outline} />
        <rect
          className={styles.full}
          {...box}
          y={MARK_TOP + MARK_HEIGHT / 2}
          height={MARK_HEIGHT / 2}
          rx={0}
        />
      </>
    );
  }
  const size = Math.min(14, w - 2);
  return (
    <>
      <rect className={styles.urgent} {...box} />
      <path
        className={styles.hexagon}
        transform={`translate(${x + (w - size) / 2} ${MARK_TOP + (MARK_HEIGHT - size) / 2}) scale(${size / 16})`}
        d="M4.2 1.1h7.6L16 8l-4.2 6.9H4.2L0 8Z"
      />
    </>
  );
}

/** Where each standing begins, in people from the left. */
function beginnings(share: Record<Standing, number>): { standing: Standing; from: number }[] {
  let from = 0;
  return standings.map((standing) => {
    const here = { standing, from };
    from += share[standing];
    return here;
  });
}

function Merged({ share, total, width }: Drawn): ReactNode {
  return beginnings(share).map(({ standing, from }) => {
    if (share[standing] === 0) return null;
    const x = Math.round((from / total) * width);
    const w = Math.max(3, Math.round(((from + share[standing]) / total) * width) - 2 - x);
    return <Square key={standing} standing={standing} x={x} w={w} />;
  });
}

/** The people who stand where, without those that nobody stands at; urgent answers are acknowledged too. */
function told(
  share: Record<Standing, number>,
): { standing: Exclude<Standing, 'urgent'>; n: number; from: number }[] {
  return beginnings(share).flatMap(({ standing, from }) => {
    if (standing === 'urgent') return [];
    const answered = standing === 'acknowledged';
    const n = answered ? share.urgent + share.acknowledged : share[standing];
    return n === 0 ? [] : [{ standing, n, from: answered ? 0 : from }];
  });
}

/** The numbers below, each where its people begin, moved aside where two would overlap. */
function Words({ share, total, width }: Drawn): ReactNode {
  const labels = told(share);
  const lengths = labels.map(
    ({ n, standing }) => (String(n).length + 1 + words[standing].length) * LETTER + 14,
  );
  const at = placeLabels(
    labels.map(({ from }) => Math.round((from / total) * width)),
    lengths,
    width,
  );
  return labels.map(({ standing, n }, index) => (
    <text key={standing} x={at[index]} y={MARK_TOP + MARK_HEIGHT + 22}>
      <tspan className={styles.strong}>{formatCount(n)}</tspan> {words[standing]}
    </text>
  ));
}

/** The same as a list, for narrow screens. */
function WordList({ share }: { share: Record<Standing, number> }): ReactNode {
  return (
    <ul className={styles.words} aria-hidden>
      {told(share).map(({ standing, n }) => (
        <li key={standing}>
          <Mark standing={standing} />
          <b>{formatCount(n)}</b> {words[standing]}
        </li>
      ))}
    </ul>
  );
}
