import type { ReactNode } from 'react';
import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import { useOffline } from '../connection/use-connection.ts';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { SeverityShape } from '../ui/Severity.tsx';
import styles from './AskCard.module.css';
import { type Answer, answersOf } from './answers.ts';
import { severityWord } from './arrivals.ts';
import { clockTime } from './when.ts';

export interface AskCardProps {
  announcement: DeliveredAnnouncement;
  /** Id of the heading; the text gets `<id>-text`. */
  headingId: string;
  insideRef?: (element: HTMLElement | null) => void;
  /** Its place in a queue of several. */
  place?: { index: number; of: number } | undefined;
  /** Keys 1 to 9 answer. */
  numbered?: boolean;
  onAnswer?: (answer: Answer) => void;
  onNext?: () => void;
  onLeave?: () => void;
}

/** What can still be said to an announcement; nothing once it is answered or over. */
export function openAnswers(announcement: DeliveredAnnouncement): Answer[] {
  return announcement.state === 'live' && announcement.mine.state !== 'acknowledged'
    ? answersOf(announcement)
    : [];
}

/** The inside of the dialog: severity, title, who and when, text, answers of equal size. */
export function AskCard(props: AskCardProps): ReactNode {
  const { announcement, headingId, insideRef, place, numbered, onAnswer, onNext, onLeave } = props;
  const { severity, title, body, drill, acknowledge } = announcement;
  const answers = openAnswers(announcement);
  return (
    <div className={classNames(styles.card, drill === true && styles.drill)}>
      <header className={classNames(styles.top, drill !== true && styles[severity])}>
        {drill === true && <span className={styles.drillWord}>Drill</span>}
        <span className={styles.severity}>
          <SeverityShape severity={severity} className={styles.shape} />
          {severityWord[severity]}
        </span>
        <span className="grow" />
        {place !== undefined && (
          <button type="button" className={styles.next} onClick={onNext} title="Show the next one">
            {place.index} of {place.of}
          </button>
        )}
        {acknowledge !== undefined && (
          <span className={classNames(styles.owe, answers.length === 0 && styles.done)}>
            {answers.length === 0 ? 'answered' : 'answer needed'}
          </span>
        )}
      </header>
      <div className={styles.inside} {...(insideRef && { ref: insideRef })}>
        <h2 id={headingId} tabIndex={-1}>
          {title}
        </h2>
        <p className={styles.by}>
          <Sent announcement={announcement} />
        </p>
        <div id={`${headingId}-text`}>
          {body !== '' && <Markdown text={body} className={styles.text ?? ''} />}
        </div>
      </div>
      {answers.length > 0 && (
        <div className={styles.answers}>
          {answers.map((answer, index) => (
            <Button key={answer.label} onClick={() => onAnswer?.(answer)}>
              {answer.urgent && <SeverityShape severity="critical" className={styles.shape} />}
              {answer.label}
              {numbered === true && answers.length > 1 && <Kbd>{index + 1}</Kbd>}
            </Button>
          ))}
        </div>
      )}
      <footer className={styles.foot}>
        <Button variant="quiet" onClick={onLeave}>
          {acknowledge !== undefined && answers.length > 0 ? 'Remind me in 2 min' : 'Close'}
          <Kbd>Esc</Kbd>
        </Button>
        <span>
          <Standing announcement={announcement} />
        </span>
      </footer>
    </div>
  );
}

function Sent({ announcement }: { announcement: DeliveredAnnouncement }): ReactNode {
  const now = useNow();
  const at = announcement.sentAt ?? announcement.createdAt;
  return (
    <>
      {announcement.createdBy.name} · {clockTime(at)},{' '}
      {now - at < 5_000 ? 'now' : `${formatAge(now - at)} ago`}
    </>
  );
}

/** What the person should know beside the answers: until when, or that an answer waits for the line. */
function Standing({ announcement }: { announcement: DeliveredAnnouncement }): ReactNode {
  const offline = useOffline();
  const { mine, acknowledge, nextUpdateAt } = announcement;
  if (announcement.state !== 'live') return 'No longer in force';
  if (mine.state === 'acknowledged') {
    return mine.answer === undefined ? 'You have read this' : `You answered: ${mine.answer}`;
  }
  if (offline) return 'Offline. Your answer will be sent when the line is back';
  if (acknowledge?.lateAt !== undefined) return `Late after ${clockTime(acknowledge.lateAt)}`;
  if (nextUpdateAt !== undefined) return `Next update by ${clockTime(nextUpdateAt)}`;
  return null;
}
