import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import { useConnection } from '../connection/use-connection.ts';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import { useSettings } from '../settings/settings-store.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { SeverityShape } from '../ui/Severity.tsx';
import styles from './AcknowledgeDialog.module.css';
import type { Entry } from './announcement-state.ts';
import { closeDialog, sendReceipt, useAnnouncements } from './announcement-store.ts';
import { answersOf, dialogId } from './answers.ts';
import { severityWord } from './arrivals.ts';
import { dialogQueue, needsAnswer, sentAt } from './surfacing.ts';
import { useSeen } from './use-seen.ts';
import { useSurfaceClock } from './use-surface-clock.ts';
import { clockTime } from './when.ts';

/** A dialog that appears under a moving finger or a typed Enter must not be answered by it. */
const INERT_MS = 400;

/** The announcements that ask to be answered, one dialog after the other. */
export function AcknowledgeDialogs(): ReactNode {
  const entries = useAnnouncements((state) => state.entries);
  const answering = useAnnouncements((state) => state.answering);
  const now = useSurfaceClock();
  const [open, setOpen] = useState<string>();

  const queue = dialogQueue(entries, now).map((entry) => entry.announcement.id);
  const asked = answering !== undefined && entries[answering] !== undefined ? answering : undefined;
  const id = dialogId(queue, asked, open);
  const entry = id === undefined ? undefined : entries[id];

  useEffect(() => setOpen(id), [id]);

  if (entry === undefined || id === undefined) return null;
  const place = queue.indexOf(id);
  const next = queue[(place + 1) % queue.length];
  return (
    <AcknowledgeDialog
      key={id}
      entry={entry}
      place={place === -1 || queue.length < 2 ? undefined : { index: place + 1, of: queue.length }}
      onNext={() => {
        closeDialog();
        setOpen(next);
      }}
    />
  );
}

interface AcknowledgeDialogProps {
  entry: Entry;
  place: { index: number; of: number } | undefined;
  onNext: () => void;
}

function AcknowledgeDialog({ entry, place, onNext }: AcknowledgeDialogProps): ReactNode {
  const { announcement } = entry;
  const { id, revision, severity, title, body, drill } = announcement;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownAt = useRef(0);
  const seen = useSeen(id, revision);
  const headingId = useId();
  const shortcuts = useSettings((state) => state.shortcuts);

  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open) return;
    element.showModal();
    heading.current?.focus();
    shownAt.current = performance.now();
    return () => element.close();
  }, []);

  const open = needsAnswer(entry) || announcement.mine.state !== 'acknowledged';
  const answers = open && announcement.state === 'live' ? answersOf(announcement) : [];
  const settled = (): boolean => performance.now() - shownAt.current >= INERT_MS;

  const answer = (index: number): void => {
    const given = answers[index];
    if (given === undefined || !settled()) return;
    sendReceipt(id, 'acknowledged', given.answer);
    closeDialog();
  };
  const leave = (): void => {
    // What nobody has to answer is simply closed; what must be answered comes back.
    if (answers.length > 0 && (announcement.acknowledge !== undefined || place !== undefined)) {
      sendReceipt(id, 'deferred');
    }
    closeDialog();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    answer(Number(event.key) - 1);
  };

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={headingId}
      aria-describedby={`${headingId}-text`}
      className={classNames(styles.dialog, drill === true && styles.drill)}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onKeyDown={onKeyDown}
    >
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
        {announcement.acknowledge !== undefined && (
          <span className={classNames(styles.owe, answers.length === 0 && styles.done)}>
            {answers.length === 0 ? 'answered' : 'answer needed'}
          </span>
        )}
      </header>
      <div className={styles.inside} ref={seen}>
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p className={styles.by}>
          <Sent entry={entry} />
        </p>
        <div id={`${headingId}-text`}>{body !== '' && <Markdown text={body} className={styles.text} />}</div>
      </div>
      {answers.length > 0 && (
        <div className={styles.answers} data-count={answers.length}>
          {answers.map(({ label, urgent }, index) => (
            <Button key={label} onClick={() => answer(index)}>
              {urgent && <SeverityShape severity="critical" className={styles.shape} />}
              {label}
              {shortcuts && answers.length > 1 && <Kbd>{index + 1}</Kbd>}
            </Button>
          ))}
        </div>
      )}
      <footer className={styles.foot}>
        <Button variant="quiet" onClick={leave}>
          {announcement.acknowledge !== undefined && answers.length > 0 ? 'Remind me in 2 min' : 'Close'}
          <Kbd>Esc</Kbd>
        </Button>
        <span>
          <Standing announcement={announcement} />
        </span>
      </footer>
    </dialog>
  );
}

function Sent({ entry }: { entry: Entry }): ReactNode {
  const now = useNow();
  const at = sentAt(entry);
  const { announcement } = entry;
  const edited = announcement.revision > 1 && entry.before !== undefined;
  return (
    <>
      {announcement.createdBy.name} · {clockTime(at)}, {formatAge(now - at)} ago
      {edited && ` · updated ${clockTime(announcement.updatedAt)}`}
    </>
  );
}

/** What the person should know beside the answers: until when, or that an answer waits for the line. */
function Standing({ announcement }: { announcement: DeliveredAnnouncement }): ReactNode {
  const { state } = useConnection();
  const { mine, acknowledge, nextUpdateAt } = announcement;
  if (announcement.state !== 'live') return 'No longer in force';
  if (mine.state === 'acknowledged')
    return mine.answer === undefined ? 'You have read this' : `You answered: ${mine.answer}`;
  if (state !== 'live' && state !== 'degraded')
    return 'Offline. Your answer will be sent when the line is back';
  if (acknowledge?.lateAt !== undefined) return `Late after ${clockTime(acknowledge.lateAt)}`;
  if (nextUpdateAt !== undefined) return `Next update by ${clockTime(nextUpdateAt)}`;
  return null;
}
