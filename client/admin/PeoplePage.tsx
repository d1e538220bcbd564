import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { roles } from '../../shared/domain/account.ts';
import { useShortcut } from '../app/shortcuts.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Tab, Tabs } from '../ui/Segmented.tsx';
import { ListError, Skeleton } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import { listGroups, listPeople } from './admin-api.ts';
import { GroupDrawer } from './GroupDrawer.tsx';
import { GroupsTable } from './GroupsTable.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { NewGroupDialog } from './NewGroupDialog.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { PersonDrawer } from './PersonDrawer.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';

/** Who is online changes by itself; so often it is asked anew while somebody looks. */
const RELOAD_MS = 5_000;

const none: readonly never[] = [];

/** People, groups and roles: three tabs of one page. Which tab and which row is open stands in the address. */
export function PeoplePage(): ReactNode {
  const { tab = 'people', open } = useSearch({ from: '/shell/people' });
  const navigate = useNavigate();
  const people = useLoaded(listPeople, RELOAD_MS);
  const groups = useLoaded(listGroups, RELOAD_MS);
  const [making, setMaking] = useState<'person' | 'group'>();
  const byId = useMemo(() => new Map(people.data?.map((person) => [person.id, person])), [people.data]);
  useShortcut('n', tab === 'groups' ? 'New group' : 'Invite somebody', 'People', () =>
    setMaking(tab === 'groups' ? 'group' : 'person'),
  );

  const show = (id: string | undefined): void => {
    void navigate({
      to: '/people',
      search: { ...(tab !== 'people' && { tab }), ...(id !== undefined && { open: id }) },
    });
  };
  const reload = (): void => {
    void people.reload();
    void groups.reload();
  };
  const error = people.error ?? groups.error;
  const person = tab === 'people' && open !== undefined ? byId.get(open) : undefined;
  const group = tab === 'groups' ? groups.data?.find((one) => one.id === open) : undefined;
  const shared = { onChanged: reload, onClose: () => show(undefined) };
  const details =
    person !== undefined ? (
      <PersonDrawer key={person.id} person={person} groups={groups.data ?? none} {...shared} />
    ) : group !== undefined ? (
      <GroupDrawer key={group.id} group={group} people={byId} {...shared} />
    ) : undefined;

  return (
    <Page
      title="People"
      tools={
        <Tabs label="People">
          <Tab to="/people" search={{}} {...tabState(tab === 'people')} count={people.data?.length}>
            People
          </Tab>
          <Tab
            to="/people"
            search={{ tab: 'groups' }}
            {...tabState(tab === 'groups')}
            count={groups.data?.length}
          >
            Groups
          </Tab>
          <Tab to="/people" search={{ tab: 'roles' }} {...tabState(tab === 'roles')} count={roles.length}>
            Roles
          </Tab>
        </Tabs>
      }
      actions={
        tab === 'groups' ? (
          <Button variant="primary" onClick={() => setMaking('group')}>
            <Plus aria-hidden /> New group
          </Button>
        ) : (
          <Button variant="primary" onClick={() => setMaking('person')}>
            <Plus aria-hidden /> Invite
          </Button>
        )
      }
      asideLabel="Details"
      aside={details}
      foot={
        tab === 'people' ? (
          <span>At least one admin always stays: the last one can’t be removed or disabled.</span>
        ) : undefined
      }
    >
      <ListError error={error} what="people" shown={people.data !== undefined} onRetry={reload} />
      {people.data === undefined || groups.data === undefined ? (
        error === undefined && <Skeleton what="people" rows={10} />
      ) : tab === 'people' ? (
        <PeopleTable people={people.data} groups={groups.data} selected={open} onSelect={show} />
      ) : tab === 'groups' ? (
        <GroupsTable
          groups={groups.data}
          people={byId}
          selected={open}
          onSelect={show}
          onNew={() => setMaking('group')}
        />
      ) : (
        <RoleMatrix people={people.data} />
      )}
      {making === 'person' && (
        <InviteDialog groups={groups.data ?? none} onCreated={reload} onClose={() => setMaking(undefined)} />
      )}
      {making === 'group' && (
        <NewGroupDialog
          people={people.data ?? none}
          onClose={() => setMaking(undefined)}
          onCreated={(group) => {
            setMaking(undefined);
            reload();
            show(group.id);
          }}
        />
      )}
    </Page>
  );
}

/** The tabs share one path, and a row that is open stands beside the tab: the router cannot tell which one it is. */
function tabState(is: boolean): { activeOptions: { exact: true }; 'aria-current': 'page' | undefined } {
  return { activeOptions: { exact: true }, 'aria-current': is ? 'page' : undefined };
}
