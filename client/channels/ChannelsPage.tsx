import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import { isServerChannel } from '../../shared/channels.ts';
import { useShortcut } from '../app/shortcuts.ts';
import { useNow } from '../live/clock.ts';
import { formatCount } from '../live/format.ts';
import { useHasRole } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { SearchInput } from '../ui/Input.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented, Tab, Tabs } from '../ui/Segmented.tsx';
import { ListError, Skeleton } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import styles from './ChannelsPage.module.css';
import { ChannelsTable } from './ChannelsTable.tsx';
import { arrange, listChannels, type Show, standingOf } from './channel-list.ts';
import { FirstValue } from './FirstValue.tsx';
import { NewSource } from './NewSource.tsx';

/** Rates and counts are fetched anew so often while somebody looks; values and ages come by themselves. */
const RELOAD_MS = 5_000;
/** More rows than anybody reads; the filter finds the others. */
const ROWS_MAX = 300;

/** All channels: what speaks, what fell silent, and how a new source begins. */
export function ChannelsPage(): ReactNode {
  const { data: channels, error, reload } = useLoaded(listChannels, RELOAD_MS);
  const [adding, setAdding] = useState(false);
  const admin = useHasRole('admin');
  useShortcut('n', 'New source', 'Sources', () => setAdding(true));
  return (
    <Page
      title="Sources"
      tools={
        <Tabs label="Sources">
          <Tab to="/channels" count={channels?.length}>
            Channels
          </Tab>
          {admin && <Tab to="/keys">Keys</Tab>}
        </Tabs>
      }
      actions={
        !adding && (
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            New source
          </Button>
        )
      }
      aside={adding && <NewSource onClose={() => setAdding(false)} />}
      asideLabel="New source"
    >
      <ListError error={error} what="channels" shown={channels !== undefined} onRetry={() => void reload()} />
      {channels === undefined && error === undefined && <Skeleton what="channels" rows={8} />}
      {channels !== undefined && <ChannelList channels={channels} />}
    </Page>
  );
}

function ChannelList({ channels }: { channels: readonly ChannelInfo[] }): ReactNode {
  const [filter, setFilter] = useState('');
  const [show, setShow] = useState<Show>('all');
  const now = useNow(10_000);
  const count = (wanted: Show): number => channels.filter((info) => standingOf(info, now) === wanted).length;
  const shown = arrange(channels, { show, filter: filter.trim(), now });
  const rest = shown.length - ROWS_MAX;
  return (
    <>
      {channels.every(({ channel }) => isServerChannel(channel)) && <FirstValue />}
      <div className={styles.filters}>
        <SearchInput label="Channel" value={filter} onChange={(event) => setFilter(event.target.value)} />
        <Segmented
          label="Show"
          size="small"
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: 'All', count: channels.length },
            { value: 'speaking', label: 'Speaking', count: count('speaking') },
            { value: 'silent', label: 'Silent', count: count('silent') },
          ]}
        />
        <span className={`${styles.order} small faint`}>silent first, then by name</span>
      </div>
      {shown.length > 0 ? (
        <ChannelsTable channels={shown.slice(0, ROWS_MAX)} />
      ) : (
        <p className={styles.note} role="status">
          {show === 'silent' && filter === ''
            ? 'No channel has been silent for 5 minutes. '
            : 'No such channel. '}
          <Button
            variant="link"
            onClick={() => {
              setFilter('');
              setShow('all');
            }}
          >
            Show all
          </Button>
        </p>
      )}
      {rest > 0 && <p className={`${styles.note} small`}>{formatCount(rest)} more; the filter finds them.</p>}
    </>
  );
}
