import type { ReactNode } from 'react';
import type { Series, Tile } from '../../../shared/domain/board.ts';
import { useChannel } from '../../connection/use-channel.ts';
import { useNow } from '../../live/clock.ts';
import { formatAge } from '../../live/format.ts';
import { Field } from '../../ui/Field.tsx';
import { type DataField, fieldsOf } from './data-shape.ts';
import { fitsType } from './new-tile.ts';
import { SuggestInput, type Suggestion } from './SuggestInput.tsx';
import styles from './TilePanel.module.css';

export interface SeriesFieldsProps {
  tile: Tile;
  series: Series;
  suggestions: readonly Suggestion[];
  onChange(series: Series): void;
}

/** The channel of one line, and where its value stands in what that sends. */
export function SeriesFields({ tile, series, suggestions, onChange }: SeriesFieldsProps): ReactNode {
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

export interface PointerInputProps {
  id: string;
  value: string;
  fields: readonly DataField[];
  onChange(pointer: string): void;
}

/** A place in the data, chosen from what the channel really sends. */
export function PointerInput({ id, value, fields, onChange }: PointerInputProps): ReactNode {
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
export function useNewest(channel: string): { fields: DataField[]; age: string } {
  const { last, phase } = useChannel(channel);
  const now = useNow();
  if (last !== undefined)
    return { fields: fieldsOf(last.data), age: `received ${formatAge(now - last.time)} ago` };
  return {
    fields: [],
    age: phase === 'live' ? 'nothing received yet' : phase === 'failed' ? 'not readable' : '',
  };
}
