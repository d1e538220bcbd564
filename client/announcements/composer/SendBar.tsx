import { CornerDownLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, messageOf } from '../../api.ts';
import { useNow } from '../../live/clock.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import type { Draft } from './draft.ts';
import { ModKey } from './ModKey.tsx';
import styles from './SendBar.module.css';
import { HOLD_MS } from './sending.ts';
import type { Sending } from './use-sending.ts';

export interface SendBarProps {
  draft: Draft;
  /** What the one filled button says and does. */
  act: string;
  state: Sending;
  asksOnce: boolean;
  offline: boolean;
  onSend: () => void;
  onTest: () => void;
  onDiscard: () => void;
  onUndo: () => void;
}

/** The row under the form: one filled button that names the act and its numbers. */
export function SendBar(props: SendBarProps): ReactNode {
  const { draft, act, state, asksOnce, offline, onSend, onTest, onDiscard, onUndo } = props;
  if (state.step === 'held') return <HeldBar until={state.until} undoing={state.undoing} onUndo={onUndo} />;
  const why = offline ? 'Draft kept. Sending needs a connection.' : undefined;
  return (
    <div className={styles.bar}>
      <Button onClick={onTest} disabledBecause={why}>
        Send test to me
      </Button>
      <Button variant="quiet" onClick={onDiscard}>
        Discard
      </Button>
      <p className={styles.hint} role="status">
        {why ?? hintOf(state, asksOnce)}
      </p>
      <Button
        variant={draft.severity === 'critical' && !draft.drill ? 'critical' : 'primary'}
        size="large"
        className={styles.act}
        busy={state.step === 'sending' || state.step === 'sent'}
        disabledBecause={why}
        onClick={onSend}
      >
        <SeverityShape severity={draft.severity} className={styles.shape} />
        <span>{act}</span>
        <ModKey>
          <CornerDownLeft aria-hidden />
        </ModKey>
      </Button>
    </div>
  );
}

function hintOf(state: Sending, asksOnce: boolean): ReactNode {
  if (state.step === 'writing' && state.error !== undefined) {
    const kept = state.error instanceof ApiError && state.error.status === 0 ? ' The draft is kept.' : '';
    return (
      <span className={styles.failed}>
        Not sent. {messageOf(state.error)}
        {kept}
      </span>
    );
  }
  if (state.step === 'writing' && state.note !== undefined) return state.note;
  if (state.step === 'sending') return 'Sending…';
  if (asksOnce) {
    return (
      <>
        Asks once more, then leaves at once. <br />
        Smaller ones wait 8 s for Undo.
      </>
    );
  }
  return (
    <>
      Held on the server for 8 s so that you can undo. <br />
      Critical asks once more instead.
    </>
  );
}

/** While the server keeps it back. Leaving the page does not stop it. */
function HeldBar({
  until,
  undoing,
  onUndo,
}: {
  until: number;
  undoing: boolean;
  onUndo: () => void;
}): ReactNode {
  const now = useNow(250);
  const left = Math.max(0, until - now);
  return (
    <div className={styles.bar}>
      <i className={styles.progress} style={{ width: `${(left / HOLD_MS) * 100}%` }} />
      <p role="status">
        <b>Held on the server. </b>
        <span aria-live="off">
          <b>Leaves in {Math.ceil(left / 1_000)} s</b>
        </span>
      </p>
      <p className={styles.hint}>Nobody has seen it yet. Closing this page does not stop it.</p>
      <Button variant="primary" size="large" busy={undoing} onClick={onUndo} className={styles.act}>
        Undo <ModKey>Z</ModKey>
      </Button>
    </div>
  );
}
