import type { ReactNode } from 'react';
import styles from './BoardPreview.module.css';

/**
 * A wandering line, the same at every visit: a small generator with a fixed seed.
 * @returns an SVG path over a box of 100 by 100, and where it ends (0 to 100)
 */
function wander(seed: number, around: number, swing: number, points = 120): { path: string; end: number } {
  let state = seed;
  let level = around;
  const steps: string[] = [];
  for (let at = 0; at <= points; at++) {
    state = (state * 48_271) % 2_147_483_647;
    level += (state / 2_147_483_647 - 0.5) * swing + (around - level) * 0.06;
    steps.push(`${((at / points) * 100).toFixed(1)} ${(100 - level).toFixed(1)}`);
  }
  return { path: `M${steps.join('L')}`, end: Math.round(level) };
}

const cores = [
  { name: 'core 0', ...wander(3, 72, 12) },
  { name: 'core 1', ...wander(5, 44, 11) },
  { name: 'core 2', ...wander(9, 16, 7) },
];

const log = [
  ['info', 'listening on port 8080'],
  ['info', 'board This server was seeded'],
  ['info', 'first admin signed in'],
  ['info', 'source system.host, one value a second'],
  ['info', 'source system.callboard, one value a second'],
] as const;

const next = [
  ['Send your first value', 'one curl'],
  ['Make a board of it', 'two clicks'],
  ['Announce a test to yourself', ''],
  ['Invite somebody', 'one link'],
] as const;

/** What the first board looks like. A drawing, not data: it is not read out. */
export function BoardPreview(): ReactNode {
  return (
    <div className={styles.board} aria-hidden>
      <div className={styles.head}>
        <b>This server</b>
        <span>a sketch; the real one moves</span>
      </div>
      <div className={styles.grid}>
        <NumberTile title="Processor" value="12" unit="%" path={wander(7, 40, 18).path} />
        <NumberTile title="Memory" value="3.4" unit="GiB" path={wander(11, 55, 4).path} />
        <NumberTile title="Connections" value="1" unit="" path="M0 90L62 90L62 30L100 30" />
        <section className={styles.tile} style={{ gridColumn: 'span 18', gridRow: 'span 7' }}>
          <header>
            <span>
              Processor cores <i>%</i>
            </span>{' '}
            <small>1 s</small>
          </header>
          <div className={styles.plot}>
            <div className={styles.values}>
              {[100, 75, 50, 25, 0].map((value) => (
                <span key={value}>{value}</span>
              ))}
            </div>
            <svg className={styles.chart} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              {[0, 25, 50, 75, 100].map((y) => (
                <line key={y} x1="0" x2="100" y1={y} y2={y} />
              ))}
              {cores.map(({ name, path }) => (
                <path key={name} d={path} />
              ))}
            </svg>
            <div className={styles.ends}>
              {cores.map(({ name, end }) => (
                <span key={name} style={{ top: `${100 - end}%` }}>
                  <b>{end}</b> {name}
                </span>
              ))}
            </div>
          </div>
        </section>
        <section className={styles.tile} style={{ gridColumn: 'span 10', gridRow: 'span 6' }}>
          <header>
            Events <small>0 s</small>
          </header>
          <div className={styles.log}>
            {log.map(([level, line]) => (
              <div key={line}>
                <i>{level}</i> {line}
              </div>
            ))}
          </div>
        </section>
        <section className={styles.todo} style={{ gridColumn: 'span 8', gridRow: 'span 5' }}>
          <b>Then, in any order</b>
          <ul>
            {next.map(([step, how]) => (
              <li key={step}>
                {step} <small>{how}</small>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

interface NumberTileProps {
  title: string;
  value: string;
  unit: string;
  path: string;
}

function NumberTile({ title, value, unit, path }: NumberTileProps): ReactNode {
  return (
    <section className={styles.tile} style={{ gridColumn: 'span 6', gridRow: 'span 4' }}>
      <header>
        {title} <small>1 s</small>
      </header>
      <div className={styles.value}>
        {value}
        <u>{unit}</u>
      </div>
      <svg className={styles.chart} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
    </section>
  );
}
