import type { ReactNode } from 'react';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import type { ChannelSnapshot } from '../connection/use-channel.ts';
import { formatAge, formatCount, formatText } from '../live/format.ts';
import { Age } from '../ui/Age.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import styles from './ChannelFacts.module.css';
import { keptCount, rateText } from './channel-list.ts';

export interface ChannelFactsProps {
  channel: ChannelSnapshot;
  info: ChannelInfo | undefined;
}

/** The newest datum as it is, and how the channel stands. */
export function ChannelFacts({ channel, info }: ChannelFactsProps): ReactNode {
  const { last, lastReceivedAt, intervalMs } = channel;
  const json = JSON.stringify(last?.data, undefined, 2) ?? '';
  return (
    <section className={styles.facts} aria-label="How it stands">
      <header>
        <h2>Newest</h2>
        <CopyButton text={json} label="Copy JSON" variant="quiet" size="small" />
        <span className="small muted">{lastReceivedAt !== undefined && <Age since={lastReceivedAt} />}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long document is scrolled by keyboard */}
      <section className={styles.datum} tabIndex={0} aria-label="Newest datum">
        <pre>{json}</pre>
      </section>
      <dl className="num">
        <Fact name="Rate">{info === undefined ? '–' : rateText(info.rate)}</Fact>
        <Fact name="Usual distance">{intervalMs === undefined ? '–' : distance(intervalMs)}</Fact>
        <Fact name="Kept">{info === undefined ? '–' : `${formatCount(keptCount(info))} publications`}</Fact>
        <Fact name="Newest offset">{formatCount(last?.offset ?? 0)}</Fact>
        <Fact name="Watching">{info === undefined ? '–' : formatCount(info.subscribers)}</Fact>
        <Fact name="Stored">{info?.options.durability === 'memory' ? 'in memory' : 'on disk'}</Fact>
      </dl>
    </section>
  );
}

function distance(ms: number): string {
  return ms < 60_000 ? formatText(ms, { style: 'duration' }) : formatAge(ms);
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
