import { useParams } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { isChannelName, isServerChannel } from '../../shared/channels.ts';
import { ChartGroup } from '../charts/chart-group.ts';
import { type ChannelSnapshot, useChannel } from '../connection/use-channel.ts';
import { lineGroups } from '../live/line-groups.ts';
import { Listening } from '../publish/Listening.tsx';
import { sampleOf } from '../publish/publish-code.ts';
import { type BoardContext, boardContext } from '../tiles/board-context.ts';
import { DEFAULT_WINDOW, WINDOWS, type WindowName, windowNames } from '../tiles/values/board-window.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import { ChannelFacts } from './ChannelFacts.tsx';
import styles from './ChannelPage.module.css';
import { ChannelTiles } from './ChannelTiles.tsx';
import { findChannel } from './channel-list.ts';
import { FirstSteps } from './FirstSteps.tsx';
import { HowToPublish } from './HowToPublish.tsx';

/** Rate and counts are fetched anew so often while somebody looks. */
const RELOAD_MS = 5_000;

const windows = windowNames.map((value) => ({ value, label: WINDOWS[value].short }));

/** Any channel: what it says as it says it, how it stands, and how to publish to it. */
export function ChannelPage(): ReactNode {
  const { name } = useParams({ from: '/shell/channels/$name' });
  return isChannelName(name) ? <Channel key={name} name={name} /> : <NoSuchName name={name} />;
}

function Channel({ name }: { name: string }): ReactNode {
  const channel = useChannel(name);
  const [win, setWindow] = useState<WindowName>(DEFAULT_WINDOW);
  const board = useChartContext(win);
  // Words have no chart, and so no window.
  const charted = lineGroups(channel.last?.data).length > 0;
  return (
    <Page
      title={name}
      heading={<span className={styles.name}>{name}</span>}
      tools={charted && <Segmented label="Window" value={win} options={windows} onChange={setWindow} />}
      actions={
        <ButtonLink to="/channels" variant="quiet">
          All channels
        </ButtonLink>
      }
    >
      <boardContext.Provider value={board}>
        <Body name={name} channel={channel} />
      </boardContext.Provider>
    </Page>
  );
}

function Body({ name, channel }: { name: string; channel: ChannelSnapshot }): ReactNode {
  const { phase, error, last, lastTime } = channel;
  const load = useCallback((signal: AbortSignal) => findChannel(name, signal), [name]);
  const info = useLoaded(load, RELOAD_MS);
  // Whoever waited here for the first value is told that it came.
  const [listened, setListened] = useState(false);
  if (phase === 'failed') {
    return (
      <EmptyState
        title={
          error?.name === 'forbidden' ? 'This channel is not open to you.' : 'This channel cannot be read.'
        }
        actions={<ButtonLink to="/channels">All channels</ButtonLink>}
      >
        <p>{error?.message}</p>
      </EmptyState>
    );
  }
  if (phase === 'loading' || (last === undefined && lastTime !== undefined)) {
    return <Skeleton what={name} rows={8} />;
  }
  if (last === undefined) return <FirstSteps channel={name} onListening={() => setListened(true)} />;
  return (
    <div className={styles.columns}>
      <ChannelTiles channel={name} data={last.data} />
      <div className={styles.side}>
        {listened && <Listening channel={name} />}
        <ChannelFacts channel={channel} info={info.data} />
        {info.error !== undefined && (
          <ErrorNote
            title="Its rate and counts could not be loaded."
            error={info.error}
            onRetry={() => void info.reload()}
          />
        )}
        {isServerChannel(name) ? (
          <p className="muted">Callboard itself writes this channel; nobody else can.</p>
        ) : (
          <Publish name={name} data={last.data} />
        )}
      </div>
    </div>
  );
}

/** The example keeps the datum of when the page opened: a command that changes each second cannot be read. */
function Publish({ name, data }: { name: string; data: unknown }): ReactNode {
  const [sample] = useState(() => sampleOf(data));
  return (
    <section className={styles.publish} aria-label="Publish to it">
      <h2>Publish to it</h2>
      <HowToPublish channel={name} data={sample} />
    </section>
  );
}

/** The tiles of a board need one; here it holds the charts of one channel. */
function useChartContext(win: WindowName): BoardContext {
  const [charts] = useState(() => new ChartGroup());
  const { ms, words } = WINDOWS[win];
  return useMemo(() => ({ windowMs: ms, windowWords: words, charts, editing: false }), [ms, words, charts]);
}

function NoSuchName({ name }: { name: string }): ReactNode {
  return (
    <Page title="No such channel">
      <EmptyState
        title="This is not a channel name."
        actions={<ButtonLink to="/channels">All channels</ButtonLink>}
      >
        <p>
          <code>{name}</code> cannot be one: names are made of letters, digits, _ and -, in parts joined by .
          or :, at most 128 characters.
        </p>
      </EmptyState>
    </Page>
  );
}
