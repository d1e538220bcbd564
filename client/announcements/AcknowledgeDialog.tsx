import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useSettings } from '../settings/settings-store.ts';
import { useModal } from '../ui/use-modal.ts';
import styles from './AcknowledgeDialog.module.css';
import { AskCard, openAnswers } from './AskCard.tsx';
import type { Entry } from './announcement-state.ts';
import { closeDialog, sendReceipt, useAnnouncements } from './announcement-store.ts';
import { type Answer, dialogId } from './answers.ts';
import { dialogQueue } from './surfacing.ts';
import { useSeen } from './use-seen.ts';
import { useSurfaceClock } from './use-surface-clock.ts';

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
  return (
    <AcknowledgeDialog
      key={id}
      entry={entry}
      queued={place !== -1}
      place={place === -1 || queue.length < 2 ? undefined : { index: place + 1, of: queue.length }}
      onNext={() => {
        closeDialog();
        setOpen(queue[(place + 1) % queue.length]);
      }}
    />
  );
}

interface AcknowledgeDialogProps {
  entry: Entry;
  /** It came by itself, and would come again if it were only closed. */
  queued: boolean;
  place: { index: number; of: number } | undefined;
  onNext: () => void;
}

function AcknowledgeDialog({ entry, queued, place, onNext }: AcknowledgeDialogProps): ReactNode {
  const { announcement } = entry;
  const { id, revision, acknowledge } = announcement;
  const shownAt = useRef(Number.POSITIVE_INFINITY);
  const seen = useSeen(id, revision);
  const headingId = useId();
  const shortcuts = useSettings((state) => state.shortcuts);
  const answers = openAnswers(announcement);

  useEffect(() => {
    shownAt.current = performance.now();
  }, []);

  const answer = (given: Answer | undefined): void => {
    if (given === undefined || performance.now() - shownAt.current < INERT_MS) return;
    sendReceipt(id, 'acknowledged', given.answer);
    closeDialog();
  };
  const leave = (): void => {
    if (answers.length > 0 && (acknowledge !== undefined || queued)) sendReceipt(id, 'deferred');
    closeDialog();
  };
  const [ref] = useModal(leave);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    answer(answers[Number(event.key) - 1]);
  };

  return (
    <dialog
      ref={ref}
      role="alertdialog"
      aria-labelledby={headingId}
      aria-describedby={`${headingId}-text`}
      className={styles.dialog}
      onKeyDown={onKeyDown}
    >
      <AskCard
        announcement={announcement}
        headingId={headingId}
        insideRef={seen}
        place={place}
        numbered={shortcuts}
        onAnswer={answer}
        onNext={onNext}
        onLeave={leave}
      />
    </dialog>
  );
}
