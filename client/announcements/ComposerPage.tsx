import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { type Severity, severities } from '../../shared/domain/announcement.ts';
import { useOffline } from '../connection/use-connection.ts';
import { serverNow } from '../live/clock.ts';
import { formatClock } from '../live/format.ts';
import { useSession } from '../session/session-store.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { AnnounceTabs } from './AnnounceTabs.tsx';
import styles from './ComposerPage.module.css';
import { ConfirmDialog } from './composer/ConfirmDialog.tsx';
import { curlOf } from './composer/curl.ts';
import { contentOf, type Draft, faultsOf, makesSound, showsDialog, targetOf } from './composer/draft.ts';
import { HowSection } from './composer/HowSection.tsx';
import { hasMod } from './composer/mod-key.ts';
import { Preview, type PreviewProps } from './composer/Preview.tsx';
import { ReachPanel } from './composer/ReachPanel.tsx';
import { SendBar } from './composer/SendBar.tsx';
import { actWords, needsConfirmation } from './composer/sending.ts';
import { useDirectory } from './composer/use-directory.ts';
import { useDraft } from './composer/use-draft.ts';
import { useReach } from './composer/use-reach.ts';
import { useSending } from './composer/use-sending.ts';
import { WhatSection } from './composer/WhatSection.tsx';
import { WhoSection } from './composer/WhoSection.tsx';

/** What a draft will look like, however unfinished it is. */
function previewOf(draft: Draft): PreviewProps['content'] {
  const whole = contentOf({ ...draft, to: [{ kind: 'everyone', id: 'everyone', name: '' }] }, serverNow());
  const { severity, title, body } = draft;
  return (
    whole ?? {
      severity,
      title,
      body,
      ...(draft.drill && { drill: true as const }),
      ...(draft.answer !== 'none' && {
        acknowledge: draft.choices.length > 0 && draft.answer === 'choices' ? { choices: draft.choices } : {},
      }),
      surfaces: { dialog: showsDialog(draft), sound: makesSound(draft) },
    }
  );
}

/** Writing an announcement: the form at the left, what it will look like and whom it reaches at the right. */
export function ComposerPage(): ReactNode {
  const me = useSession((state) => state.me);
  if (me === undefined) return null;
  return <Composer key={me.id} sender={{ id: me.id, name: me.name }} />;
}

function Composer({ sender }: { sender: { id: string; name: string } }): ReactNode {
  const navigate = useNavigate();
  const sending = useSending();
  const { state } = sending;
  const away = state.step === 'held' || state.step === 'sent';
  const { draft, savedAt, change, discard } = useDraft(sender.id, !away);
  const directory = useDirectory();
  const target = targetOf(draft);
  const live = useReach(target);
  const offline = useOffline();
  const [tried, setTried] = useState(false);

  const reach = live.current ? live.reach : undefined;
  const faults = faultsOf(draft);
  const act = actWords(draft, reach);
  const asksOnce = needsConfirmation(draft.severity, reach);
  const content = contentOf(draft, serverNow());

  const trySend = (): void => {
    setTried(true);
    if (offline || state.step !== 'writing' || content === undefined) return;
    if (asksOnce || reach === undefined) sending.confirm();
    else sending.send(content, true);
  };
  const tryTest = (): void => {
    const alone = contentOf({ ...draft, to: [{ kind: 'person', ...sender }], except: [] }, serverNow());
    setTried(alone === undefined);
    if (alone !== undefined) sending.test(alone, sender.id);
  };

  const sentId = state.step === 'sent' ? state.announcement.id : undefined;
  useEffect(() => {
    if (sentId !== undefined) void navigate({ to: '/announce/$id', params: { id: sentId } });
  }, [sentId, navigate]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!hasMod(event) || event.shiftKey || event.altKey) return;
      const severity: Severity | undefined = severities[Number(event.key) - 1];
      // What was handed over, or is being confirmed, no longer changes.
      if (severity !== undefined && state.step === 'writing') change({ severity });
      else if (event.key === 'Enter' && state.step === 'writing') trySend();
      else if (event.key === 'z' && state.step === 'held') sending.undo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });

  return (
    <div className={styles.page}>
      <PageHead
        title="New announcement"
        tools={
          <>
            <AnnounceTabs />
            <span className={styles.saved} role="status">
              {savedAt !== undefined && `Draft saved ${formatClock(savedAt)}`}
            </span>
          </>
        }
      />
      <div className={styles.columns}>
        <form
          className={styles.form}
          aria-label="Announcement"
          inert={away}
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <WhatSection draft={draft} faults={tried ? faults : lengthOnly(faults, draft)} change={change} />
          <WhoSection
            draft={draft}
            faults={tried ? faults : {}}
            change={change}
            directory={directory}
            reach={reach}
          />
          <HowSection draft={draft} faults={tried ? faults : {}} change={change} />
        </form>
        <div className={styles.side}>
          <Preview content={previewOf(draft)} sender={sender} />
          <ReachPanel live={live} targeted={target !== undefined} />
          {content !== undefined && (
            <div className={styles.curl}>
              <code>{curlOf(window.location.origin, content)}</code>
              <CopyButton text={curlOf(window.location.origin, content)} label="Copy as curl" />
            </div>
          )}
        </div>
      </div>
      <SendBar
        draft={draft}
        act={act}
        state={state}
        asksOnce={asksOnce}
        offline={offline}
        onSend={trySend}
        onTest={tryTest}
        onDiscard={() => {
          discard();
          setTried(false);
        }}
        onUndo={sending.undo}
      />
      {state.step === 'confirming' && content !== undefined && (
        <ConfirmDialog
          content={content}
          reach={reach}
          act={act}
          onBack={sending.back}
          onSend={() => sending.send(content, false)}
        />
      )}
    </div>
  );
}

/** Before anything was tried only what is too long is a fault; what is missing is merely not written yet. */
function lengthOnly(faults: ReturnType<typeof faultsOf>, draft: Draft): ReturnType<typeof faultsOf> {
  return draft.title.trim() === '' ? {} : faults;
}
