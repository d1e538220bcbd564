import { type ReactNode, useState } from 'react';
import type { Group, Person } from '../../shared/domain/account.ts';
import { useSession } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { DayTime } from '../ui/DayTime.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Select } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { TagPicker } from '../ui/TagPicker.tsx';
import { changePerson, invitePerson, removePerson } from './admin-api.ts';
import { DrawerActs, DrawerHead, DrawerSection, Facts } from './Drawer.tsx';
import { InviteLink } from './InviteLink.tsx';
import { devicesText } from './presence.ts';
import { roleOptions, roleWords } from './roles.ts';
import { useAct } from './use-act.ts';

export interface PersonDrawerProps {
  person: Person;
  groups: readonly Group[];
  onChanged: () => void;
  onClose: () => void;
}

/** One person: what they may, where they belong, and their way in. Changes are felt by their open pages at once. */
export function PersonDrawer({ person, groups, onChanged, onClose }: PersonDrawerProps): ReactNode {
  const mine = useSession((state) => state.me?.id === person.id);
  const [invite, setInvite] = useState<{ url: string; expiresAt: number }>();
  const [removing, setRemoving] = useState(false);
  const { run, busy, error } = useAct();
  const change = (changes: Parameters<typeof changePerson>[1]): void => {
    void run(() => changePerson(person.id, changes)).then((worked) => worked && onChanged());
  };
  const makeLink = (): void => {
    void run(async () => setInvite((await invitePerson(person.id)).invite));
  };

  return (
    <>
      <DrawerHead title={person.name} literal={person.login} onClose={onClose} />
      {error !== undefined && (
        <DrawerSection>
          <ErrorNote title="Nothing was changed." error={error} />
        </DrawerSection>
      )}
      <DrawerSection>
        <Field label="Role" help={roleWords[person.role].may}>
          {(control) => (
            <Select
              {...control}
              value={person.role}
              options={roleOptions}
              onChange={(role) => change({ role })}
            />
          )}
        </Field>
      </DrawerSection>
      <DrawerSection>
        <Field label="Groups">
          {(control) => (
            <TagPicker
              {...control}
              label="Groups"
              options={groups.map((group) => ({
                id: group.id,
                label: group.name,
                note: String(group.people.length),
              }))}
              value={person.groups}
              onChange={(ids) => change({ groups: ids })}
            />
          )}
        </Field>
      </DrawerSection>
      <DrawerSection>
        <Facts
          facts={[
            ['Online on', devicesText(person)],
            ['Signs in with', person.hasPassword ? 'a passphrase' : 'nothing yet, invited'],
            ['Added', <DayTime key="added" time={person.createdAt} />],
          ]}
        />
      </DrawerSection>
      <DrawerSection title="Way in">
        {invite === undefined ? (
          <>
            <Button busy={busy} onClick={makeLink}>
              {person.hasPassword ? 'Link for a new passphrase' : 'New invite link'}
            </Button>
            <p>
              {person.hasPassword
                ? 'The old passphrase works until the link is used.'
                : 'A link that was handed out before stops working.'}
            </p>
          </>
        ) : (
          <InviteLink invite={invite} />
        )}
      </DrawerSection>
      <DrawerSection title="Way out">
        <DrawerActs>
          <Button
            busy={busy}
            disabledBecause={mine ? 'That is you.' : undefined}
            onClick={() => change({ disabled: !person.disabled })}
          >
            {person.disabled ? `Let ${person.name} in again` : `Disable ${person.name}`}
          </Button>
          <Button
            variant="quiet"
            disabledBecause={mine ? 'That is you.' : undefined}
            onClick={() => setRemoving(true)}
          >
            Delete…
          </Button>
        </DrawerActs>
        <p>Disabling ends all open pages at once; what they answered stays in the reports.</p>
      </DrawerSection>
      {removing && (
        <Dialog
          title={`Delete ${person.name}?`}
          onClose={() => setRemoving(false)}
          actions={
            <>
              <Button onClick={() => setRemoving(false)}>Keep the account</Button>
              <Button
                variant="primary"
                busy={busy}
                onClick={() => {
                  void run(() => removePerson(person.id)).then((worked) => {
                    setRemoving(false);
                    if (!worked) return;
                    onChanged();
                    onClose();
                  });
                }}
              >
                Delete {person.name}
              </Button>
            </>
          }
        >
          <p>The account and its sign-ins go for good. Disabling keeps it, and can be undone.</p>
        </Dialog>
      )}
    </>
  );
}
