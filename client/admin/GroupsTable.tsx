import { type ReactNode, useState } from 'react';
import type { Group, Person } from '../../shared/domain/account.ts';
import { Button } from '../ui/Button.tsx';
import { SearchInput } from '../ui/Input.tsx';
import { EmptyState } from '../ui/States.tsx';
import { Table } from '../ui/Table.tsx';
import styles from './people.module.css';
import { presenceOf } from './presence.ts';

export interface GroupsTableProps {
  groups: readonly Group[];
  people: ReadonlyMap<string, Person>;
  selected: string | undefined;
  onSelect: (id: string) => void;
  onNew: () => void;
}

export function GroupsTable({ groups, people, selected, onSelect, onNew }: GroupsTableProps): ReactNode {
  const [filter, setFilter] = useState('');
  if (groups.length === 0) {
    return (
      <EmptyState title="No groups yet." actions={<Button onClick={onNew}>New group</Button>}>
        <p>A group is whom you speak to together: a crew, a shift, an office. People may be in several.</p>
      </EmptyState>
    );
  }
  const wanted = filter.trim().toLowerCase();
  const found = groups.filter((group) => `${group.name} ${group.id}`.toLowerCase().includes(wanted));
  return (
    <>
      <div className={styles.filters}>
        <SearchInput
          label="Name of a group"
          className={styles.search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      <Table label="Groups">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" data-align="right">
              People
            </th>
            <th scope="col" data-align="right">
              Online
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map((group) => (
            <tr
              key={group.id}
              className={styles.row}
              data-selected={group.id === selected}
              onClick={() => onSelect(group.id)}
            >
              <th scope="row">
                <span className={styles.who}>
                  <Button variant="link" aria-expanded={group.id === selected}>
                    {group.name}
                  </Button>
                  <code>{group.id}</code>
                </span>
              </th>
              <td data-align="right">{group.people.length}</td>
              <td data-align="right" className={styles.muted}>
                {onlineIn(group, people)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function onlineIn(group: Group, people: ReadonlyMap<string, Person>): number {
  return group.people.filter((id) => {
    const person = people.get(id);
    return person !== undefined && presenceOf(person) === 'online';
  }).length;
}
