import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Series, Tile } from '../../../shared/domain/board.ts';
import { seriesInkToken } from '../../charts/palette.ts';
import { seriesNames } from '../../tiles/values/scale-format.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/Input.tsx';
import { SeriesFields } from './SeriesFields.tsx';
import type { SourceProps } from './SourceSection.tsx';
import styles from './TilePanel.module.css';

/** The lines, lights or rows of a tile. */
export function SeriesList({
  tile,
  suggestions,
  onChange,
}: SourceProps & { tile: Extract<Tile, { type: 'chart' | 'status' | 'table' }> }): ReactNode {
  const names = seriesNames(tile.series);
  const most = tile.type === 'chart' ? 32 : 200;
  const put = (series: Series[], what: string): void => onChange({ ...tile, series }, what);
  const add = (): void => {
    const last = tile.series.at(-1)!;
    put([...tile.series, { channel: last.channel, pointer: '' }], 'line added');
  };
  return (
    <>
      <ol className={styles.series}>
        {tile.series.map((series, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: series have no identity but their place
          <li key={index}>
            <div className={styles.seriesHead}>
              {tile.type === 'chart' && (
                <i className={styles.swatch} style={{ background: seriesInkToken(index) }} />
              )}
              <TextInput
                aria-label={`Label of ${names[index]}`}
                placeholder={names[index]}
                maxLength={60}
                value={series.label ?? ''}
                onChange={(event) =>
                  put(replaced(tile.series, index, labelled(series, event.target.value)), 'label')
                }
              />
              <IconButton
                label={`Remove ${names[index]}`}
                size="small"
                disabledBecause={tile.series.length === 1 ? 'A tile needs one at least.' : undefined}
                onClick={() =>
                  put(
                    tile.series.filter((_, at) => at !== index),
                    'line removed',
                  )
                }
              >
                <X aria-hidden />
              </IconButton>
            </div>
            <SeriesFields
              tile={tile}
              series={series}
              suggestions={suggestions}
              onChange={(next) => put(replaced(tile.series, index, next), 'source')}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        disabledBecause={tile.series.length >= most ? `At most ${most}.` : undefined}
        onClick={add}
      >
        <Plus aria-hidden />
        {tile.type === 'chart' ? 'Add a line' : tile.type === 'status' ? 'Add a light' : 'Add a row'}
      </Button>
    </>
  );
}

function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((one, at) => (at === index ? item : one));
}

function labelled({ channel, pointer }: Series, label: string): Series {
  return label === '' ? { channel, pointer } : { channel, pointer, label };
}
