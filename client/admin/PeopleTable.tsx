import { type ReactNode, useMemo, useState } from 'react';
import type { Group, Person, Role } from '../../shared/domain/account.ts';
import { useSession } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { DayTime } from '../ui/DayTime.tsx';
import { SearchInput, Select } from '../ui/Input.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Table } from '../ui/Table.tsx';
import { PresenceMark } from './PresenceMark.tsx';
import styles from './people.module.css';
import { devicesText, type Presence, presenceOf } from './presence.ts';
import { roleOptions, roleWords } from './roles.ts';

/** Rows drawn at once; more only on request, so that thousands of people do not slow the page. */
const SHOW_AT_ONCE = 200;

type Show = 'all' | Presence;

export interface PeopleTableProps {
  people: readonly Person[];
  groups: readonly Group[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function PeopleTable({ people, groups, selected, onSelect }: PeopleTableProps): ReactNode {
  const [filter, setFilter] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [role, setRole] = useState<Role | 'any'>('any');
  const [limit, setLimit] = useState(SHOW_AT_ONCE);
  const groupNames = useMemo(() => new Map(groups.map((group) => [group.id, group.name])), [groups]);
  const counts = useMemo(() => countPresence(people), [people]);
  const namesOf = (person: Person): string => person.groups.map((id) => groupNames.get(id) ?? id).join(', ');

  const wanted = filter.trim().toLowerCase();
  const found = people.filter(
    (person) =>
      (show === 'all' || presenceOf(person) === show) &&
      (role === 'any' || person.role === role) &&
      `${person.name} ${person.login} ${namesOf(person)}`.toLowerCase().includes(wanted),
  );

  return (
    <>
      <div className={styles.filters}>
        <SearchInput
          label="Name, login, group"
          className={styles.search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <Segmented
          label="Show"
          size="small"
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: 'All', count: people.length },
            { value: 'online', label: 'Online', count: counts.online },
            { value: 'offline', label: 'Offline', count: counts.offline },
            { value: 'invited', label: 'Invited', count: counts.invited },
            { value: 'disabled', label: 'Disabled', count: counts.disabled },
          ]}
        />
        <Select
          className={styles.role}
          aria-label="Role"
          value={role}
          options={[{ value: 'any', label: 'Any role' }, ...roleOptions]}
          onChange={setRole}
        />
      </div>
      {found.length === 0 ? (
        <p className={styles.nothing} role="status">
          Nobody like that.
        </p>
      ) : (
        <Table label="People">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Role</th>
              <th scope="col" className={styles.wide}>
                Groups
              </th>
              <th scope="col" className={styles.wide}>
                Online on
              </th>
              <th scope="col" className={styles.wide} data-align="right">
                Added
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, limit).map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                groups={namesOf(person)}
                selected={person.id === selected}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </Table>
      )}
      {found.length > limit && (
        <p className={styles.more}>
          1 to {limit} of {found.length}.{' '}
          <Button variant="link" onClick={() => setLimit(limit + SHOW_AT_ONCE)}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}

function countPresence(people: readonly Person[]): Record<Presence, number> {
  const counts = { online: 0, offline: 0, invited: 0, disabled: 0 };
  for (const person of people) counts[presenceOf(person)]++;
  return counts;
}

interface PersonRowProps {
  person: Person;
  groups: string;
  selected: boolean;
  onSelect: (id: string) => void;
}

function PersonRow({ person, groups, selected, onSelect }: PersonRowProps): ReactNode {
  const mine = useSession((state) => state.me?.id === person.id);
  const presence = presenceOf(person);
  return (
    <tr
      className={classNames(styles.row, presence === 'disabled' && styles.gone)}
      data-selected={selected}
      onClick={() => onSelect(person.id)}
    >
      <th scope="row">
        <span className={styles.who}>
          <PresenceMark presence={presence} />
          <Button variant="link" aria-expanded={selected}>
            {person.name}
            {mine && ', you'}
          </Button>
          <code>{person.login}</code>
        </span>
      </th>
      <td className={styles.muted}>{roleWords[person.role].name}</td>
      <td className={classNames(styles.wide, styles.muted)}>{groups}</td>
      <td className={classNames(styles.wide, presence === 'online' ? styles.muted : 'faint')}>
        {presence === 'disabled' ? 'disabled' : presence === 'invited' ? 'not yet in' : devicesText(person)}
      </td>
      <td className={classNames(styles.wide, 'faint')} data-align="right">
        <DayTime time={person.createdAt} />
      </td>
    </tr>
  );
}
