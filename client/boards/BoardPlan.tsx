import type { CSSProperties, ReactNode } from 'react';
import type { Series, Tile } from '../../shared/domain/board.ts';
import { readPointer } from '../../shared/json.ts';
import { formatText } from '../live/format.ts';
import styles from './BoardPlan.module.css';
import type { Sample } from './suggest-board.ts';

/** What a suggested board would look like, with what arrived last. */
export function BoardPlan({
  tiles,
  samples,
}: {
  tiles: readonly Tile[];
  samples: readonly Sample[];
}): ReactNode {
  const data = new Map(samples.map((sample) => [sample.channel, sample.data]));
  return (
    <div className={styles.plan}>
      {tiles.map((tile) => (
        <section key={tile.id} className={styles.tile} style={placeOf(tile)}>
          <div className={styles.head}>
            <b>{tile.title}</b>
            <small>{tile.type}</small>
          </div>
          <Newest tile={tile} data={data} />
        </section>
      ))}
    </div>
  );
}

/** As properties, so that a phone's style sheet can put the tiles below each other. */
function placeOf({ x, y, w, h }: Tile): CSSProperties {
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y + 1} / span ${h}` } as CSSProperties;
}

type Data = ReadonlyMap<string, unknown>;

function textOf({ channel, pointer }: Series, data: Data): string {
  const value = readPointer(data.get(channel), pointer);
  return typeof value === 'number' ? formatText(value) : String(value ?? '');
}

function Newest({ tile, data }: { tile: Tile; data: Data }): ReactNode {
  switch (tile.type) {
    case 'number':
    case 'gauge':
      return <span className={styles.now}>{textOf(tile.series, data)}</span>;
    case 'chart':
    case 'status':
    case 'table':
      return (
        <ul className={`${styles.lines} num`}>
          {tile.series.map((one) => (
            <li key={`${one.channel}${one.pointer}`}>
              {one.label ?? one.channel} <span>{textOf(one, data)}</span>
            </li>
          ))}
        </ul>
      );
    case 'log': {
      const [channel = ''] = tile.channels;
      const line = readPointer(data.get(channel), tile.pointer ?? '');
      return <code className={styles.text}>{typeof line === 'string' ? line : JSON.stringify(line)}</code>;
    }
    case 'text':
      return null;
  }
}
