import { type ReactNode, useState } from 'react';
import { useOffline } from '../connection/use-connection.ts';
import { serverNow } from '../live/clock.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { SeverityWord } from '../ui/Severity.tsx';
import { type Entry, inForce } from './announcement-state.ts';
import { severityWord } from './arrivals.ts';
import { Edited } from './Edited.tsx';
import { excerpt } from './excerpt.ts';
import styles from './FeedItem.module.css';
import { needsAnswer, sentAt } from './surfacing.ts';
import { useSeen } from './use-seen.ts';
import { clockTime, shortTime } from './when.ts';

export interface FeedItemProps {
  entry: Entry;
  /** Was unread when the page opened. */
  fresh: boolean;
  onAnswer: () => void;
}

/** One announcement in the feed. Hue only while it is in force. */
export function FeedItem({ entry, fresh, onAnswer }: FeedItemProps): ReactNode {
  const { announcement, before } = entry;
  const { id, revision, severity, title, state, drill, acknowledge } = announcement;
  const seen = useSeen(id, revision);
  const over = !inForce(announcement);
  const owed = needsAnswer(entry);
  return (
    <article
      ref={over ? undefined : seen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a feed is read and scrolled by keyboard from one item to the next
      tabIndex={0}
      className={classNames(
        styles.item,
        !fresh && !owed && styles.read,
        owed && styles[`pinned-${severity}`],
        drill === true && styles.drill,
      )}
    >
      <header>
        <span className={styles.what}>
          {drill === true && <span className={styles.drillWord}>Drill</span>}
          <SeverityWord severity={severity} over={over}>
            {severityWord[severity]}
          </SeverityWord>
          <span className={styles.tag}>{tagOf(entry)}</span>
        </span>
        <time className={styles.time}>{shortTime(sentAt(entry), serverNow())}</time>
      </header>
      <h2>{state === 'retracted' ? <del>{title}</del> : <Edited before={before?.title} after={title} />}</h2>
      {state !== 'retracted' && <Body entry={entry} />}
      {acknowledge !== undefined && !over && <Owed entry={entry} onAnswer={onAnswer} />}
    </article>
  );
}

function tagOf({ announcement, before }: Entry): string {
  const { state, mine, updatedAt, createdBy, endReason, acknowledge } = announcement;
  if (state === 'retracted') {
    return `retracted ${clockTime(updatedAt)} by ${createdBy.name}${endReason ? `: ${endReason}` : ''}`;
  }
  const answered = mine.answer === undefined ? '' : `, you answered “${mine.answer}”`;
  if (state === 'resolved') return `resolved ${clockTime(updatedAt)}${answered}`;
  if (state === 'expired') return `over${answered}`;
  if (acknowledge !== undefined && mine.state !== 'acknowledged') return 'pinned until you answer';
  return before === undefined ? '' : `updated ${clockTime(updatedAt)}`;
}

/** The message, folded to its first lines where it is long; after an edit both versions can be read. */
function Body({ entry }: { entry: Entry }): ReactNode {
  const [open, setOpen] = useState(false);
  const { announcement, before } = entry;
  const { body, nextUpdateAt, createdBy } = announcement;
  const short = excerpt(body);
  const edited = before !== undefined && before.body !== body;
  const folded = body.trim() !== short || edited;
  const by = (
    <span className={styles.by}>
      {nextUpdateAt !== undefined && `Next update by ${clockTime(nextUpdateAt)}. `}
      {createdBy.name}
      {folded && (
        <>
          {', '}
          <Button variant="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'show less' : edited ? 'both versions' : 'show all'}
          </Button>
        </>
      )}
    </span>
  );
  if (!open) {
    return (
      <p className={styles.body}>
        <Edited before={edited ? excerpt(before.body) : undefined} after={short} />
        {short === '' || /[.!?…]$/.test(short) ? ' ' : '. '}
        {by}
      </p>
    );
  }
  return (
    <div className={styles.body}>
      {edited && (
        <div className={styles.former}>
          <span className="tiny">Before</span>
          <del>
            <Markdown text={before.body} />
          </del>
        </div>
      )}
      <Markdown text={body} />
      {by}
    </div>
  );
}

function Owed({ entry, onAnswer }: { entry: Entry; onAnswer: () => void }): ReactNode {
  const offline = useOffline();
  const { mine, acknowledge } = entry.announcement;
  if (mine.state === 'acknowledged') {
    const waits = offline ? ', will be sent when the line is back' : '';
    return (
      <p className={classNames(styles.owe, styles.done)}>
        {mine.answer === undefined ? 'you have read this' : `you answered “${mine.answer}”`}
        {waits}
      </p>
    );
  }
  return (
    <div className={styles.do}>
      <span className={styles.owe}>
        answer needed
        {acknowledge?.lateAt !== undefined && `, late after ${clockTime(acknowledge.lateAt)}`}
      </span>
      <Button data-answer onClick={onAnswer}>
        Answer <Kbd>a</Kbd>
      </Button>
    </div>
  );
}
