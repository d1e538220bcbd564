import { type ReactNode, useMemo, useState } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { type LineGroup, lineGroups } from '../live/line-groups.ts';
import { TileView } from '../tiles/TileView.tsx';
import { Select } from '../ui/Input.tsx';
import styles from './ChannelPage.module.css';

const place = { x: 0, y: 0, w: 24, h: 8 };

/** The chart that the data asks for, and the values as they come. */
export function ChannelTiles({ channel, data }: { channel: string; data: unknown }): ReactNode {
  // Which charts there are is decided by the shape of the data, which rarely changes.
  const shape = JSON.stringify(lineGroups(data));
  const groups = useMemo(() => JSON.parse(shape) as LineGroup[], [shape]);
  const [wanted, setWanted] = useState('');
  const group = groups.find(({ name }) => name === wanted) ?? groups[0];
  const log = useMemo<TileOf<'log'>>(
    () => ({ ...place, id: 'log', type: 'log', title: 'As it comes', channels: [channel] }),
    [channel],
  );
  return (
    <div className={styles.tiles}>
      {groups.length > 1 && (
        <div className={styles.pick}>
          <label htmlFor="shown-fields">Fields</label>
          <Select
            id="shown-fields"
            value={group?.name ?? ''}
            options={groups.map(({ name }) => ({ value: name, label: name }))}
            onChange={setWanted}
          />
        </div>
      )}
      {group !== undefined && (
        <div className={styles.chart}>
          <Chart channel={channel} group={group} />
        </div>
      )}
      <div className={styles.log}>
        <TileView tile={log} />
      </div>
    </div>
  );
}

function Chart({ channel, group }: { channel: string; group: LineGroup }): ReactNode {
  const tile = useMemo<TileOf<'chart'>>(
    () => ({
      ...place,
      id: 'chart',
      type: 'chart',
      title: group.title,
      style: group.style,
      ...(group.unit !== '' && { unit: group.unit }),
      series: group.lines.map(({ pointer, label }) => ({ channel, pointer, label: label.slice(0, 60) })),
    }),
    [channel, group],
  );
  return <TileView key={group.name} tile={tile} />;
}
