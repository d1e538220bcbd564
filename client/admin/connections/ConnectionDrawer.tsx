import { type FormEvent, type ReactNode, useState } from 'react';
import { sendReply } from '../../../shared/api/connections.ts';
import { NOTICE_EVENT, NOTICE_MAX } from '../../../shared/domain/notice.ts';
import { api } from '../../api.ts';
import { formatText } from '../../live/format.ts';
import { useSession } from '../../session/session-store.ts';
import { Button } from '../../ui/Button.tsx';
import { exactTime } from '../../ui/DayTime.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/Input.tsx';
import { Note, SeverityTag } from '../../ui/Severity.tsx';
import { ErrorNote } from '../../ui/States.tsx';
import { DrawerHead, DrawerSection, Facts } from '../Drawer.tsx';
import { useAct } from '../use-act.ts';
import styles from './ConnectionDrawer.module.css';
import type { ConnectionRow } from './held-order.ts';

const REASON_MAX = 200;

const kindWords = { browser: 'browser', wall: 'wall', program: 'program' } as const;

export interface ConnectionDrawerProps {
  row: ConnectionRow;
  board: string;
  own: boolean;
  onClose: () => void;
  onChanged: () => void;
}

/** One connection: what is known of it, a word to just this device, and the door. */
export function ConnectionDrawer({ row, board, own, onClose, onChanged }: ConnectionDrawerProps): ReactNode {
  const { connection, gone } = row;
  const { id, person, device, address, since, kind, role, build, tags, editing, rttMs, slow } = connection;
  const name = person.name.split(' ')[0] ?? person.name;
  return (
    <>
      <DrawerHead title={person.name} literal={id} onClose={onClose} />
      {slow && !gone && (
        <DrawerSection>
          <Note severity="warning">
            <SeverityTag severity="warning">Slow</SeverityTag>
            <p className={styles.lead}>{name} does not take updates as fast as they come.</p>
            <p className="muted small">
              {formatText(connection.outboxBytes, { style: 'bytes' })} are waiting. The newest values go first
              when the line drains; announcements never wait.
            </p>
          </Note>
        </DrawerSection>
      )}
      {gone && (
        <DrawerSection>
          <p>This connection has ended.</p>
        </DrawerSection>
      )}
      <DrawerSection>
        <Facts
          facts={[
            ['Device', device],
            ['Kind', kindWords[kind]],
            ['Role', role],
            ['Board', board === '' ? 'none' : `${board}${editing ? ', edits it' : ''}`],
            ['Since', exactTime(since)],
            ['Round trip', rttMs === undefined ? 'not measured yet' : `${rttMs} ms`],
            ['Backlog', formatText(connection.outboxBytes, { style: 'bytes' })],
            ['Channels', String(connection.channels)],
            ['Address', <code key="address">{address}</code>],
            ...(build === undefined ? [] : [['Build', <code key="build">{build}</code>] as const]),
            ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] as const]),
          ]}
        />
      </DrawerSection>
      {!gone && (
        <>
          <MessageForm id={id} name={name} />
          <DisconnectForm id={id} name={name} own={own} onDone={onChanged} />
        </>
      )}
    </>
  );
}

/** A few words that appear on exactly this device. */
function MessageForm({ id, name }: { id: string; name: string }): ReactNode {
  const from = useSession((state) => state.me?.name);
  const [text, setText] = useState('');
  const [sent, setSent] = useState<string>();
  const { run, busy, error } = useAct();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const words = text.trim();
    if (words === '') return;
    void run(async () => {
      const body = {
        target: { connections: [id] },
        event: NOTICE_EVENT,
        data: { text: words, ...(from && { from }) },
      };
      const { connections } = await api.post('/send', body, sendReply);
      setSent(connections === 0 ? 'It has gone; nobody got it.' : `On ${name}’s screen now.`);
      if (connections > 0) setText('');
    });
  };
  return (
    <DrawerSection>
      {error !== undefined && <ErrorNote title="Nothing was sent." error={error} />}
      <form onSubmit={send}>
        <Field label="Message just this device" help={<span role="status">{sent}</span>}>
          {(control) => (
            <div className={styles.act}>
              <TextInput
                {...control}
                value={text}
                maxLength={NOTICE_MAX}
                placeholder="Your line is slow. Use channel 12 for gate calls."
                onChange={(event) => {
                  setText(event.target.value);
                  setSent(undefined);
                }}
              />
              <Button
                type="submit"
                busy={busy}
                disabledBecause={text.trim() === '' ? 'Write something first.' : undefined}
              >
                Send
              </Button>
            </div>
          )}
        </Field>
      </form>
    </DrawerSection>
  );
}

interface DisconnectFormProps {
  id: string;
  name: string;
  own: boolean;
  onDone: () => void;
}

/** Ends the connection. The person reads why, and may sign in again. */
function DisconnectForm({ id, name, own, onDone }: DisconnectFormProps): ReactNode {
  const [reason, setReason] = useState('');
  const { run, busy, error } = useAct();
  const disconnect = (event: FormEvent): void => {
    event.preventDefault();
    const words = reason.trim();
    if (words === '') return;
    void run(() => api.delete(`/connections/${encodeURIComponent(id)}`, { reason: words })).then(
      (worked) => worked && onDone(),
    );
  };
  return (
    <DrawerSection>
      {error !== undefined && <ErrorNote title="It was not disconnected." error={error} />}
      <form onSubmit={disconnect}>
        <Field
          label={`Disconnect, with a reason ${name} will read`}
          help={
            own
              ? 'This is the page you are looking at.'
              : 'The page stays closed until they come back themselves.'
          }
        >
          {(control) => (
            <div className={styles.act}>
              <TextInput
                {...control}
                value={reason}
                maxLength={REASON_MAX}
                placeholder="Say why, for example: moving you to the spare line"
                onChange={(event) => setReason(event.target.value)}
              />
              <Button
                type="submit"
                busy={busy}
                disabledBecause={reason.trim() === '' ? 'Say why first: they will read it.' : undefined}
              >
                Disconnect
              </Button>
            </div>
          )}
        </Field>
      </form>
    </DrawerSection>
  );
}
