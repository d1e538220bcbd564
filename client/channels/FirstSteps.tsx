import { type ReactNode, useEffect, useState } from 'react';
import { isServerChannel } from '../../shared/channels.ts';
import { api } from '../api.ts';
import { Listening } from '../publish/Listening.tsx';
import { sampleOf } from '../publish/publish-code.ts';
import { useHasRole } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/States.tsx';
import styles from './ChannelPage.module.css';
import { HowToPublish } from './HowToPublish.tsx';

export interface FirstStepsProps {
  channel: string;
  /** Somebody waits for the first value now. */
  onListening: () => void;
}

/** A channel that never spoke: how to make it speak, and an ear for it. The page fills when the first value comes. */
export function FirstSteps({ channel, onListening }: FirstStepsProps): ReactNode {
  const operator = useHasRole('operator');
  const [error, setError] = useState<unknown>();
  const [sending, setSending] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the page begins to wait
  useEffect(onListening, []);

  if (isServerChannel(channel)) {
    return (
      <div className={styles.first}>
        <Listening channel={channel} />
        <p className="muted">Callboard itself writes channels of this name; nobody else can.</p>
      </div>
    );
  }
  const sendTest = async (): Promise<void> => {
    setSending(true);
    setError(undefined);
    try {
      await api.post(`/channels/${encodeURIComponent(channel)}`, sampleOf(undefined));
    } catch (cause) {
      setError(cause);
    } finally {
      setSending(false);
    }
  };
  return (
    <div className={styles.first}>
      <Listening channel={channel} />
      <HowToPublish channel={channel} data={sampleOf(undefined)} />
      {operator && (
        <div>
          <Button busy={sending} onClick={() => void sendTest()}>
            Send a test value
          </Button>
        </div>
      )}
      {error !== undefined && <ErrorNote title="The test value was not published." error={error} />}
    </div>
  );
}
