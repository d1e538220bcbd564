import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PointerInput, useNewest } from './SeriesFields.tsx';
import type { SourceProps } from './SourceSection.tsx';
import { SuggestInput } from './SuggestInput.tsx';
import styles from './TilePanel.module.css';

/** The channels of a log, and where line and level stand in what they send. */
export function LogFields({
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
            onChange={(next) =>
              put(
                tile.channels.map((one, at) => (at === index ? next : one)),
                'source',
              )
            }
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

function without(
  tile: Extract<Tile, { type: 'log' }>,
  field: 'pointer' | 'levelPointer',
  value: string,
): Tile {
  const { [field]: _, ...rest } = tile;
  return value === '' ? rest : { ...rest, [field]: value };
}
