import { Pause, Play } from 'lucide-react';
import { type ReactNode, useCallback, useDeferredValue, useState } from 'react';
import { useShortcut } from '../app/shortcuts.ts';
import { connection } from '../connection/connection.ts';
import { useConnection } from '../connection/use-connection.ts';
import { useNow } from '../live/clock.ts';
import { formatAge, formatCount } from '../live/format.ts';
import { Button } from '../ui/Button.tsx';
import { SearchInput } from '../ui/Input.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { EmptyState, ListError, Skeleton } from '../ui/States.tsx';
import styles from './ConnectionsPage.module.css';
import { ConnectionDrawer } from './connections/ConnectionDrawer.tsx';
import { ConnectionsTable } from './connections/ConnectionsTable.tsx';
import { Figures } from './connections/Figures.tsx';
import type { ConnectionRow } from './connections/held-order.ts';
import type { Totals } from './connections/totals-history.ts';
import { useBoardNames } from './connections/use-board-names.ts';
import { type Kind, type LiveConnections, type Sort, useConnections } from './connections/use-connections.ts';

type KindFilter = 'all' | Kind;

/** Who is connected, from where, since when, and how well the line holds. */
export function ConnectionsPage(): ReactNode {
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<KindFilter>('all');
  const [sort, setSort] = useState<Sort>('slowest');
  const [held, setHeld] = useState(false);
  const [paused, setPaused] = useState(false);
  const [selected, setSelected] = useState<ConnectionRow>();
  const q = useDeferredValue(query.trim());
  const live = useConnections({ q, kind: kind === 'all' ? undefined : kind, sort }, held, paused);
  const boardNames = useBoardNames();
  const now = useNow();
  // Makes the page draw anew when the line comes back with another id.
  useConnection();
  const own = connection.clientId;
  useShortcut('Space', paused ? 'Go on' : 'Freeze the list', 'Connections', () => setPaused(!paused));

  const { rows } = live;
  const open = rows.find((row) => row.connection.id === selected?.connection.id) ?? selected;
  const select = useCallback(
    (id: string) => setSelected(rows.find((row) => row.connection.id === id)),
    [rows],
  );
  const boardOf = (row: ConnectionRow): string =>
    row.connection.board === undefined ? '' : (boardNames.get(row.connection.board) ?? row.connection.board);

  return (
    <Page
      title="Connections"
      tools={<Kinds value={kind} totals={live.totals} onChange={setKind} />}
      actions={
        <Button aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {paused ? 'Go on' : 'Freeze'} <Kbd>Space</Kbd>
        </Button>
      }
      aside={
        open !== undefined && (
          <ConnectionDrawer
            key={open.connection.id}
            row={rows.includes(open) ? open : { ...open, gone: true }}
            board={boardOf(open)}
            own={open.connection.id === own}
            onClose={() => setSelected(undefined)}
            onChanged={live.refresh}
          />
        )
      }
      asideLabel="One connection"
      bodyClassName={styles.body ?? ''}
    >
      <Figures totals={live.totals} history={live.history} />
      <div className={styles.bar}>
        <SearchInput
          label="Person, device, address, board"
          className={styles.search ?? ''}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Segmented<Sort>
          label="Order"
          size="small"
          value={sort}
          onChange={setSort}
          options={[
            { value: 'slowest', label: 'Slowest first' },
            { value: 'newest', label: 'Newest' },
            { value: 'name', label: 'Name' },
          ]}
        />
      </div>
      <ListError error={live.error} what="connections" shown={rows.length > 0} onRetry={live.refresh} />
      <Rows live={live} filtered={q !== '' || kind !== 'all'}>
        <ConnectionsTable
          rows={rows}
          sort={sort}
          selected={open?.connection.id}
          own={own}
          boardNames={boardNames}
          now={now}
          outboxMaxBytes={live.outboxMaxBytes}
          onSelect={select}
          onHold={setHeld}
          onEnd={live.more}
        />
      </Rows>
      <footer className={styles.foot}>
        <span>
          {formatCount(rows.length)} of {formatCount(live.matching)}
          {live.at !== undefined && `, ${formatAge(now - live.at)} old`}
        </span>
        <span role="status">{heldWords(paused, held, live.waiting)}</span>
      </footer>
    </Page>
  );
}

function heldWords(paused: boolean, held: boolean, waiting: number): string {
  if (paused) return 'Frozen. Nothing changes until you go on.';
  if (!held) return '';
  if (waiting === 0) return 'Order held while you are in the table.';
  return `Order held while you are in the table. ${waiting === 1 ? '1 change waits' : `${waiting} changes wait`}.`;
}

interface KindsProps {
  value: KindFilter;
  totals: Totals | undefined;
  onChange: (kind: KindFilter) => void;
}

function Kinds({ value, totals, onChange }: KindsProps): ReactNode {
  const count = (n: number | undefined) => (n === undefined ? {} : { count: n });
  const all = totals && totals.browsers + totals.walls + totals.programs;
  return (
    <Segmented<KindFilter>
      label="Kind"
      value={value}
      onChange={onChange}
      options={[
        { value: 'all', label: 'All', ...count(all) },
        { value: 'browser', label: 'Devices', ...count(totals?.browsers) },
        ...(value === 'wall' || (totals?.walls ?? 0) > 0
          ? [{ value: 'wall' as const, label: 'Walls', ...count(totals?.walls) }]
          : []),
        { value: 'program', label: 'Programs', ...count(totals?.programs) },
      ]}
    />
  );
}

function Rows({
  live,
  filtered,
  children,
}: {
  live: LiveConnections;
  filtered: boolean;
  children: ReactNode;
}): ReactNode {
  if (live.rows.length > 0) return children;
  if (live.at === undefined)
    return live.error === undefined ? <Skeleton what="connections" rows={8} /> : null;
  if (filtered) return <EmptyState title="Nobody matches." />;
  return <EmptyState title="Nobody is connected." />;
}
