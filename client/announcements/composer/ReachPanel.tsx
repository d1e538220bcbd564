import { type ReactNode, useState } from 'react';
import type { Reach } from '../../../shared/domain/announcement.ts';
import { useNow } from '../../live/clock.ts';
import { formatAge, formatCount } from '../../live/format.ts';
import { classNames } from '../../ui/class-names.ts';
import styles from './ReachPanel.module.css';
import { marksOf } from './reach-marks.ts';
import { plural } from './sending.ts';
import type { LiveReach } from './use-reach.ts';

type Named = keyof Reach['names'];

/** Whom the announcement reaches at this moment. Every mark is a person; screens are named, never people. */
export function ReachPanel({ live, targeted }: { live: LiveReach; targeted: boolean }): ReactNode {
  const { reach, current, at, error } = live;
  const [open, setOpen] = useState<Named>();
  const now = useNow();
  const toggle = (named: Named): void => setOpen(open === named ? undefined : named);
  return (
    <section className={styles.reach} aria-label="Reach" aria-busy={targeted && !current}>
      <header>
        <h2>Reach</h2>
        <span className={styles.age}>{at !== undefined && current && formatAge(now - at)}</span>
      </header>
      {!targeted && <p className={styles.hint}>Say who gets it, and their number appears here.</p>}
      {targeted && reach === undefined && (
        <p className={styles.hint}>
          {error === undefined ? 'Counting…' : 'The audience could not be counted.'}
        </p>
      )}
      {targeted && reach !== undefined && (
        <div className={classNames(!current && styles.stale)}>
          <div className={styles.figures}>
            <p className={classNames(styles.figure, styles.sum)}>
              <b>{formatCount(reach.people)}</b>
              <span>{reach.people === 1 ? 'person' : 'people'}</span>
            </p>
            <Figure
              mark="online"
              n={reach.online}
              names={reach.names.online}
              open={open === 'online'}
              onToggle={() => toggle('online')}
            >
              online now, on {plural(reach.devices, 'device', 'devices')}
            </Figure>
            <Figure
              mark="offline"
              n={reach.offline}
              names={reach.names.offline}
              open={open === 'offline'}
              onToggle={() => toggle('offline')}
            >
              offline, get it on return
            </Figure>
            {reach.unreachable > 0 && (
              <Figure
                mark="unreachable"
                n={reach.unreachable}
                names={reach.names.unreachable}
                open={open === 'unreachable'}
                onToggle={() => toggle('unreachable')}
              >
                can’t be reached, disabled
              </Figure>
            )}
          </div>
          {open !== undefined && <Names reach={reach} named={open} />}
          <Parts reach={reach} />
        </div>
      )}
    </section>
  );
}

interface FigureProps {
  mark: Named;
  n: number;
  names: readonly string[];
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A number with its mark; pressed, it says who they are. */
function Figure({ mark, n, names, open, onToggle, children }: FigureProps): ReactNode {
  const inside = (
    <>
      <b>
        <i className={classNames(styles.cell, styles[mark])} />
        {formatCount(n)}
      </b>
      <span>{children}</span>
    </>
  );
  if (names.length === 0) return <p className={styles.figure}>{inside}</p>;
  return (
    <button type="button" className={styles.figure} aria-expanded={open} onClick={onToggle}>
      {inside}
    </button>
  );
}

function Names({ reach, named }: { reach: Reach; named: Named }): ReactNode {
  const names = reach.names[named];
  const rest = reach[named] - names.length;
  return (
    <p className={styles.names}>
      {names.join(', ')}
      {rest > 0 && ` and ${formatCount(rest)} more`}
    </p>
  );
}

/** One row of marks per part of the target; beyond what can be counted by eye a bar. */
function Parts({ reach }: { reach: Reach }): ReactNode {
  const most = Math.max(1, ...reach.parts.map((part) => part.people));
  return (
    <div className={styles.parts}>
      {reach.parts.map((part) => (
        <div key={`${part.kind}:${part.id}`} className={styles.part}>
          <span className={styles.name} title={part.name}>
            {part.name}
          </span>
          <Marks online={part.online} people={part.people} most={most} />
          <span className={styles.why}>{partWords(part)}</span>
        </div>
      ))}
      {reach.screens > 0 && (
        <div className={styles.part}>
          <span className={styles.name}>{plural(reach.screens, 'screen', 'screens')}</span>
          <span className={styles.marks} />
          <span className={styles.why}>never count as people</span>
        </div>
      )}
    </div>
  );
}

function Marks({ online, people, most }: { online: number; people: number; most: number }): ReactNode {
  const marks = marksOf(online, people, most);
  if (marks.kind === 'bar') {
    return (
      <span className={styles.marks} aria-hidden>
        <span className={styles.merged} style={{ width: `${marks.width * 100}%` }}>
          <i style={{ width: `${marks.filled * 100}%` }} />
        </span>
      </span>
    );
  }
  return (
    <span className={styles.marks} aria-hidden>
      {Array.from({ length: people }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the marks are all alike and never move
        <i key={index} className={classNames(styles.cell, index < online ? styles.online : styles.offline)} />
      ))}
    </span>
  );
}

function partWords({ kind, people, online }: Reach['parts'][number]): string {
  if (kind === 'board') return people === 1 ? 'has it open' : 'have it open';
  return `${formatCount(online)} of ${formatCount(people)} online`;
}
