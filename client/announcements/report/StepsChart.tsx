import type { ReactNode } from 'react';
import { formatClock, formatCount, formatStopwatch } from '../../live/format.ts';
import { clockTime } from '../when.ts';
import { placeLabels } from './place-labels.ts';
import styles from './StepsChart.module.css';
import { countTicks, medianOf, type People, type Steps, staircase, ticksBetween } from './steps.ts';
import { useSize } from './use-size.ts';

export interface StepsChartProps {
  people: People;
  targeted: number;
  /** When it was sent, and the right edge: now, or when it ended (ms). */
  from: number;
  to: number;
  lateAt: number | undefined;
  /** The sender asked for an answer; else the heavy line is how many have seen it. */
  asked: boolean;
}

const LEFT = 30;
const RIGHT = 116;
const TOP = 26;
const BOTTOM = 24;
/** Two end labels need so many px between them. */
const LABEL_APART = 16;
/** Room that the words beside the median take. */
const MEDIAN_LENGTH = 150;

/** How many people had it, saw it and answered, as time went on. Drawn as steps: one person is one step. */
export function StepsChart({ people, targeted, from, to, lateAt, asked }: StepsChartProps): ReactNode {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const says = `After ${formatStopwatch(to - from)}: ${people.delivered.length} delivered, ${people.seen.length} seen, ${people.acknowledged.length} acknowledged of ${targeted}.`;
  const ticks = countTicks(targeted);
  const top = Math.max(1, targeted);
  const right = Math.max(LEFT + 40, width - RIGHT);
  const end = Math.max(to, from + 1_000);
  const x = (time: number): number => LEFT + ((time - from) / (end - from)) * (right - LEFT);
  const y = (count: number): number => height - BOTTOM - (count / top) * (height - TOP - BOTTOM);
  return (
    <div ref={ref} className={styles.chart}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={says}>
          {ticks.map((count) => (
            <g key={count}>
              <line className={styles.grid} x1={LEFT} x2={right} y1={y(count)} y2={y(count)} />
              <text x={LEFT - 6} y={y(count) + 4} textAnchor="end">
                {formatCount(count)}
              </text>
            </g>
          ))}
          <TimeAxis from={from} to={end} x={x} y={height - 4} room={right - LEFT} />
          <Curves people={people} x={x} y={y} from={from} to={end} asked={asked} />
          {lateAt !== undefined && lateAt > from && lateAt < end && (
            <>
              <line className={styles.late} x1={x(lateAt)} x2={x(lateAt)} y1={y(top)} y2={y(0)} />
              <text x={x(lateAt)} y={y(top) - 8} textAnchor="middle">
                late after {clockTime(lateAt)}
              </text>
            </>
          )}
          {asked && <Median steps={people.acknowledged} from={from} x={x} y={y} right={right} />}
        </svg>
      )}
    </div>
  );
}

type Scale = (value: number) => number;

interface TimeAxisProps {
  from: number;
  to: number;
  x: Scale;
  y: number;
  room: number;
}

function TimeAxis({ from, to, x, y, room }: TimeAxisProps): ReactNode {
  const { at, stride } = ticksBetween(from, to, Math.max(2, Math.floor(room / 84)));
  const label = stride < 60_000 ? formatClock : clockTime;
  return (
    <>
      <text x={LEFT} y={y}>
        sent
      </text>
      {at
        .filter((time) => x(time) - x(from) > 58)
        .map((time) => (
          <text key={time} x={x(time)} y={y} textAnchor="middle">
            {label(time)}
          </text>
        ))}
    </>
  );
}

interface CurvesProps {
  people: People;
  x: Scale;
  y: Scale;
  from: number;
  to: number;
  asked: boolean;
}

function Curves({ people, x, y, from, to, asked }: CurvesProps): ReactNode {
  const heavy = asked ? people.acknowledged : people.seen;
  const curves: { steps: Steps; name: string; className: string | undefined }[] = [
    { steps: people.delivered, name: 'delivered', className: styles.delivered },
    { steps: people.seen, name: 'seen', className: asked ? styles.seen : styles.acknowledged },
    ...(asked || people.acknowledged.length > 0
      ? [
          {
            steps: people.acknowledged,
            name: 'acknowledged',
            className: asked ? styles.acknowledged : styles.seen,
          },
        ]
      : []),
  ];
  const labels = placeLabels(
    curves.map(({ steps }) => y(steps.length) - LABEL_APART / 2),
    curves.map(() => LABEL_APART),
    y(0) + LABEL_APART / 2,
  ).map((top) => top + LABEL_APART / 2 + 4);
  return (
    <>
      <path className={styles.under} d={`${staircase(heavy, x, y, from, to)}V${y(0)}Z`} />
      {curves.map(({ steps, name, className }, index) => (
        <g key={name}>
          <path className={className} d={staircase(steps, x, y, from, to)} />
          <text x={x(to) + 8} y={labels[index]}>
            <tspan className={styles.strong}>{formatCount(steps.length)}</tspan> {name}
          </text>
        </g>
      ))}
    </>
  );
}

interface MedianProps {
  steps: Steps;
  from: number;
  x: Scale;
  y: Scale;
  /** Right edge of the plot, in px. */
  right: number;
}

function Median({ steps, from, x, y, right }: MedianProps): ReactNode {
  const median = medianOf(steps);
  if (median === undefined) return null;
  const count = Math.ceil(steps.length / 2);
  // Right of the point and below the line, unless the edge or the axis is too near.
  const left = x(median) + MEDIAN_LENGTH > right;
  const above = y(count) + 19 > y(0) - 4;
  return (
    <>
      <circle className={styles.median} cx={x(median)} cy={y(count)} r={4.5} />
      <text
        x={x(median) + (left ? -10 : 12)}
        y={y(count) + (above ? -12 : 19)}
        textAnchor={left ? 'end' : 'start'}
      >
        <tspan className={styles.strong}>{formatStopwatch(median - from)}</tspan> half of the answers
      </text>
    </>
  );
}
