import { type ReactNode, useState } from 'react';
import type { ApiKey } from '../../shared/domain/account.ts';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { DayTime } from '../ui/DayTime.tsx';
import { SearchInput } from '../ui/Input.tsx';
import { SeverityWord } from '../ui/Severity.tsx';
import { Table } from '../ui/Table.tsx';
import { describeScopes } from './key-scopes.ts';
import styles from './people.module.css';

/** A key that ends so soon is worth a look. */
const SOON_MS = 7 * 86_400_000;

export interface KeysTableProps {
  keys: readonly ApiKey[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function KeysTable({ keys, selected, onSelect }: KeysTableProps): ReactNode {
  const [filter, setFilter] = useState('');
  const now = useNow();
  const wanted = filter.trim().toLowerCase();
  const found = keys.filter((key) =>
    `${key.name} ${key.hint} ${key.scopes.join(' ')} ${key.role ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className={styles.filters}>
        <SearchInput
          label="Key, channel, last letters"
          className={styles.search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {found.length === 0 && (
        <p className={styles.nothing} role="status">
          No key like that.
        </p>
      )}
      {found.length > 0 && (
        <Table label="Keys">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col" className={styles.wide}>
                May
              </th>
              <th scope="col" data-align="right">
                Last used
              </th>
              <th scope="col" data-align="right">
                Expires
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((key) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                now={now}
                selected={key.id === selected}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

interface KeyRowProps {
  apiKey: ApiKey;
  now: number;
  selected: boolean;
  onSelect: (id: string) => void;
}

function KeyRow({ apiKey, now, selected, onSelect }: KeyRowProps): ReactNode {
  const { expiresAt, lastUsedAt } = apiKey;
  const expired = expiresAt !== undefined && expiresAt <= now;
  return (
    <tr
      className={classNames(styles.row, expired && styles.gone)}
      data-selected={selected}
      onClick={() => onSelect(apiKey.id)}
    >
      <th scope="row">
        <span className={styles.who}>
          <Button variant="link" aria-expanded={selected}>
            {apiKey.name}
          </Button>
          <code>…{apiKey.hint}</code>
        </span>
      </th>
      <td className={classNames(styles.wide, styles.muted)}>{describeScopes(apiKey)}</td>
      <td data-align="right" className={lastUsedAt === undefined ? 'faint' : styles.muted}>
        {lastUsedAt === undefined ? 'never' : `${formatAge(now - lastUsedAt)} ago`}
      </td>
      <td data-align="right">
        {expiresAt === undefined ? (
          <span className="faint">never</span>
        ) : expired ? (
          'expired'
        ) : expiresAt - now < SOON_MS ? (
          <>
            <SeverityWord severity="warning">Soon</SeverityWord> <DayTime time={expiresAt} />
          </>
        ) : (
          <DayTime time={expiresAt} />
        )}
      </td>
    </tr>
  );
}
