import { type ReactNode, useState } from 'react';
import type { Group, Person } from '../../shared/domain/account.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { TextInput } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { TagPicker } from '../ui/TagPicker.tsx';
import { changeGroup, removeGroup } from './admin-api.ts';
import { DrawerActs, DrawerHead, DrawerSection } from './Drawer.tsx';
import styles from './GroupDrawer.module.css';
import { PresenceMark } from './PresenceMark.tsx';
import { devicesText, presenceOf } from './presence.ts';
import { useAct } from './use-act.ts';

/** Above so many people marks say nothing that the numbers do not. */
const MARKS_MAX = 200;

export interface GroupDrawerProps {
  group: Group;
  people: ReadonlyMap<string, Person>;
  onChanged: () => void;
  onClose: () => void;
}

/** One group: who is here now, who is away, and who belongs to it. */
export function GroupDrawer({ group, people, onChanged, onClose }: GroupDrawerProps): ReactNode {
  const [removing, setRemoving] = useState(false);
  const { run, busy, error } = useAct();
  const members = group.people.map((id) => people.get(id)).filter((person) => person !== undefined);
  const online = members.filter((person) => presenceOf(person) === 'online');
  const away = members.filter((person) => presenceOf(person) !== 'online');
  const change = (changes: Parameters<typeof changeGroup>[1]): void => {
    void run(() => changeGroup(group.id, changes)).then((worked) => worked && onChanged());
  };

  return (
    <>
      <DrawerHead title={group.name} literal={group.id} onClose={onClose} />
      {error !== undefined && (
        <DrawerSection>
          <ErrorNote title="Nothing was changed." error={error} />
        </DrawerSection>
      )}
      {members.length > 0 && (
        <DrawerSection>
          {members.length <= MARKS_MAX && (
            <div className={styles.marks} aria-hidden>
              {[...online, ...away].map((person) => (
                <i key={person.id} className={styles[presenceOf(person)]} title={person.name} />
              ))}
            </div>
          )}
          <div className={`${styles.counts} num`}>
            <strong>{online.length} online</strong>
            <span className="muted">{away.length} not</span>
          </div>
        </DrawerSection>
      )}
      {online.length > 0 && (
        <DrawerSection title="Online now">
          <MemberList people={online} />
        </DrawerSection>
      )}
      {away.length > 0 && (
        <DrawerSection title="Not here">
          <MemberList people={away} />
        </DrawerSection>
      )}
      <DrawerSection>
        <Field label="People in it">
          {(control) => (
            <TagPicker
              {...control}
              label="People"
              options={[...people.values()].map(({ id, name, login }) => ({ id, label: name, note: login }))}
              value={group.people}
              onChange={(ids) => change({ people: ids })}
            />
          )}
        </Field>
      </DrawerSection>
      <DrawerSection>
        <RenameForm key={group.name} name={group.name} busy={busy} onRename={(name) => change({ name })} />
      </DrawerSection>
      <DrawerSection>
        <Button onClick={() => setRemoving(true)}>Delete the group…</Button>
      </DrawerSection>
      {removing && (
        <Dialog
          title={`Delete ${group.name}?`}
          onClose={() => setRemoving(false)}
          actions={
            <>
              <Button onClick={() => setRemoving(false)}>Keep it</Button>
              <Button
                variant="primary"
                busy={busy}
                onClick={() => {
                  void run(() => removeGroup(group.id)).then((worked) => {
                    setRemoving(false);
                    if (!worked) return;
                    onChanged();
                    onClose();
                  });
                }}
              >
                Delete {group.name}
              </Button>
            </>
          }
        >
          <p>
            Announcements can no longer be aimed at it. Its {group.people.length}{' '}
            {group.people.length === 1 ? 'person stays' : 'people stay'}.
          </p>
        </Dialog>
      )}
    </>
  );
}

function MemberList({ people }: { people: readonly Person[] }): ReactNode {
  return (
    <ul className={styles.members}>
      {people.map((person) => (
        <li key={person.id}>
          <PresenceMark presence={presenceOf(person)} />
          <span>{person.name}</span>
          <span className="num">
            {presenceOf(person) === 'online' ? devicesText(person) : presenceOf(person)}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface RenameFormProps {
  name: string;
  busy: boolean;
  onRename: (name: string) => void;
}

function RenameForm({ name: before, busy, onRename }: RenameFormProps): ReactNode {
  const [name, setName] = useState(before);
  const same = name.trim() === before || name.trim() === '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) onRename(name.trim());
      }}
    >
      <Field label="Name" help="The id stays: announcements and programs use it.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {!same && (
        <DrawerActs>
          <Button type="submit" busy={busy}>
            Rename to {name.trim()}
          </Button>
        </DrawerActs>
      )}
    </form>
  );
}
