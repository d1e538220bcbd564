import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Series, Tile } from '../../../shared/domain/board.ts';
import { seriesInkToken } from '../../charts/palette.ts';
import { useChannel } from '../../connection/use-channel.ts';
import { useNow } from '../../live/clock.ts';
import { formatAge } from '../../live/format.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/Input.tsx';
import { seriesNames } from '../values/scale-format.ts';
import { type DataField, fieldsOf } from './data-shape.ts';
import { fitsType } from './new-tile.ts';
import { SuggestInput, type Suggestion } from './SuggestInput.tsx';
import styles from './TilePanel.module.css';

export interface SourceProps {
  tile: Tile;
  suggestions: readonly Suggestion[];
  onChange(tile: Tile, what: string): void;
}

/** Where the data of a tile comes from: a channel, and a place in what it sends. */
export function SourceSection({ tile, suggestions, onChange }: SourceProps): ReactNode {
  switch (tile.type) {
    case 'text':
      return null;
    case 'number':
    case 'gauge':
      return (
        <SeriesFields
          tile={tile}
          series={tile.series}
          suggestions={suggestions}
          onChange={(series) => onChange({ ...tile, series }, 'source')}
        />
      );
    case 'log':
      return <LogFields tile={tile} suggestions={suggestions} onChange={onChange} />;
    case 'chart':
    case 'status':
    case 'table':
      return <SeriesList tile={tile} suggestions={suggestions} onChange={onChange} />;
  }
}

interface SeriesFieldsProps {
  tile: Tile;
  series: Series;
  suggestions: readonly Suggestion[];
  onChange(series: Series): void;
}

function SeriesFields({ tile, series, suggestions, onChange }: SeriesFieldsProps): ReactNode {
  const newest = useNewest(series.channel);
  return (
    <div className={styles.fields}>
      <Field label="Channel" aside={newest.age}>
        {({ id }) => (
          <SuggestInput
            id={id}
            label="Channel"
            value={series.channel}
            suggestions={suggestions}
            nothing="No channel of that name has sent anything; it will be waited for."
            onChange={(channel) => onChange({ ...series, channel })}
          />
        )}
      </Field>
      <Field label="Value">
        {({ id }) => (
          <PointerInput
            id={id}
            value={series.pointer}
            fields={newest.fields.filter((field) => fitsType(field, tile.type))}
            onChange={(pointer) => onChange({ ...series, pointer })}
          />
        )}
      </Field>
    </div>
  );
}

function SeriesList({
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

function LogFields({
  tile,
  suggestions,
  onChange,
}: SourceProps & { tile: Extract<Tile, { type: 'log' }> }): ReactNode {
  const newest = useNewest(tile.channels[0]!);
  const texts = newest.fields.filter((field) => field.kind === 'text' || field.kind === 'number');
  const put = (channels: string[], what: string): void => onChange({ ...tile, channels }, what);
  return (
    <div className={styles.fields}>
      {tile.channels.map((channel, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: channels are typed in place
        <div key={index} className={styles.withRemove}>
          <SuggestInput
            label={`Channel ${index + 1}`}
            value={channel}
            suggestions={suggestions}
            nothing="No channel of that name has sent anything; it will be waited for."
            onChange={(next) => put(replaced(tile.channels, index, next), 'source')}
          />
          <IconButton
            label={`Remove ${channel}`}
            size="small"
            disabledBecause={tile.channels.length === 1 ? 'A log needs one channel at least.' : undefined}
            onClick={() =>
              put(
                tile.channels.filter((_, at) => at !== index),
                'channel removed',
              )
            }
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        disabledBecause={tile.channels.length >= 16 ? 'At most 16.' : undefined}
        onClick={() => put([...tile.channels, 'channel'], 'channel added')}
      >
        <Plus aria-hidden />
        Add a channel
      </Button>
      <Field label="Line" aside="empty: the whole datum">
        {({ id }) => (
          <PointerInput
            id={id}
            value={tile.pointer ?? ''}
            fields={texts}
            onChange={(pointer) => onChange(without(tile, 'pointer', pointer), 'line')}
          />
        )}
      </Field>
      <Field label="Level" aside="empty: /level">
        {({ id }) => (
          <PointerInput
            id={id}
            value={tile.levelPointer ?? ''}
            fields={texts}
            onChange={(pointer) => onChange(without(tile, 'levelPointer', pointer), 'level')}
          />
        )}
      </Field>
    </div>
  );
}

interface PointerInputProps {
  id: string;
  value: string;
  fields: readonly DataField[];
  onChange(pointer: string): void;
}

/** A place in the data, chosen from what the channel really sends. */
function PointerInput({ id, value, fields, onChange }: PointerInputProps): ReactNode {
  return (
    <SuggestInput
      id={id}
      label="Value"
      value={value}
      placeholder="the whole datum"
      suggestions={fields.map((field) => ({
        value: field.pointer,
        note: field.sample,
        ...(field.pointer === '' && { label: 'the whole datum' }),
      }))}
      nothing="Nothing like that is in what the channel sends now."
      onChange={(text) => onChange(text === '' || text.startsWith('/') ? text : `/${text}`)}
    />
  );
}

/** What a channel sent last: the places in it, and how long ago. */
function useNewest(channel: string): { fields: DataField[]; age: string } {
  const { last, phase } = useChannel(channel);
  const now = useNow();
  if (last !== undefined)
    return { fields: fieldsOf(last.data), age: `received ${formatAge(now - last.time)} ago` };
  return {
    fields: [],
    age: phase === 'live' ? 'nothing received yet' : phase === 'failed' ? 'not readable' : '',
  };
}

function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((one, at) => (at === index ? item : one));
}

function labelled({ channel, pointer }: Series, label: string): Series {
  return label === '' ? { channel, pointer } : { channel, pointer, label };
}

function without(
  tile: Extract<Tile, { type: 'log' }>,
  field: 'pointer' | 'levelPointer',
  value: string,
): Tile {
  const { [field]: _, ...rest } = tile;
  return value === '' ? rest : { ...rest, [field]: value };
}
