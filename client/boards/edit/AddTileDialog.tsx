import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { channelName } from '../../../shared/channels.ts';
import type { Tile, TileType } from '../../../shared/domain/board.ts';
import { useChannel } from '../../connection/use-channel.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import styles from './AddTileDialog.module.css';
import { fieldsOf, suggestType } from './data-shape.ts';
import { typeFacts } from './draft.ts';
import { hindranceOf } from './hindrance.ts';
import { newTile } from './new-tile.ts';
import { SuggestInput, type Suggestion } from './SuggestInput.tsx';
import { TypePicker } from './TypePicker.tsx';

export interface AddTileDialogProps {
  /** Id for the new tile. */
  id: string;
  /** The channel to begin with. */
  channel: string;
  suggestions: readonly Suggestion[];
  onAdd(tile: Tile): void;
  onClose(): void;
}

const SHOWN_FIELDS = 5;

/** Picks a channel, and by what it sends a type; both can be chosen otherwise. */
export function AddTileDialog({
  id,
  channel: first,
  suggestions,
  onAdd,
  onClose,
}: AddTileDialogProps): ReactNode {
  const [channel, setChannel] = useState(first);
  const [chosen, setChosen] = useState<TileType>();
  const valid = channelName.safeParse(channel).success;
  const { last, phase } = useChannel(valid ? channel : 'system.host');
  const data = valid ? last?.data : undefined;
  const suggested = data === undefined ? undefined : suggestType(data);
  const type = chosen ?? suggested ?? 'number';
  const formId = useId();
  const hindrance = hindranceOf({ type, valid, waiting: phase === 'loading' && last === undefined });

  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (hindrance !== undefined) return;
    onAdd(newTile({ id, type, channel: valid ? channel : 'system.host', data }));
  };
  return (
    <Dialog
      title="Add a tile"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabledBecause={hindrance}>
            Add {typeFacts[type].label.toLowerCase()}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={add}>
        <Field
          label="Channel"
          aside={
            valid && last === undefined
              ? phase === 'loading'
                ? 'asking for the newest value'
                : 'nothing received yet'
              : undefined
          }
          help={data === undefined ? undefined : <Received data={data} />}
        >
          {(control) => (
            <SuggestInput
              id={control.id}
              label="Channel"
              value={channel}
              suggestions={suggestions}
              placeholder="pumps.north"
              autoFocus
              nothing="No channel of that name has sent anything; it will be waited for."
              onChange={setChannel}
            />
          )}
        </Field>
        <div>
          <p className={styles.label}>
            Type
            {suggested !== undefined && <small>suggested: {typeFacts[suggested].label}</small>}
          </p>
          <TypePicker value={type} suggested={suggested} onChange={setChosen} />
          <p className={styles.hint}>{typeFacts[type].hint}.</p>
        </div>
      </form>
    </Dialog>
  );
}

/** What the channel sent last, in a line. */
function Received({ data }: { data: unknown }): ReactNode {
  const fields = fieldsOf(data);
  const shown = fields.slice(0, SHOWN_FIELDS);
  const rest = fields.length - shown.length;
  return (
    <span className="mono">
      {shown.map((field) => `${field.pointer === '' ? '' : `${field.pointer} `}${field.sample}`).join(' · ')}
      {rest > 0 && ` · ${rest} more`}
    </span>
  );
}
