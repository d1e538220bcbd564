import type { ReactNode } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextArea, TextInput } from '../../ui/Input.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { NumberInput } from './NumberInput.tsx';
import styles from './TilePanel.module.css';

const STYLES = [
  { value: 'plain', label: 'As it is' },
  { value: 'percent', label: 'Percent' },
  { value: 'si', label: 'k, M, G' },
  { value: 'bytes', label: 'Bytes' },
  { value: 'duration', label: 'Time, from ms' },
] as const;

const KINDS = [
  { value: 'lines', label: 'Lines' },
  { value: 'area', label: 'Areas' },
  { value: 'stacked', label: 'Stacked' },
] as const;

export interface LookProps {
  tile: Tile;
  onChange(tile: Tile, what: string): void;
}

/** How a tile looks: its title, and how its numbers are written. */
export function LookSection({ tile, onChange }: LookProps): ReactNode {
  return (
    <div className={styles.fields}>
      <Field label="Title" error={tile.title.trim() === '' ? 'A tile needs a title.' : undefined}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={80}
            value={tile.title}
            onChange={(event) => onChange({ ...tile, title: event.target.value }, 'title')}
          />
        )}
      </Field>
      {tile.type === 'text' && (
        <Field label="Text" help="Markdown. No images, no HTML.">
          {(control) => (
            <TextArea
              {...control}
              rows={9}
              maxLength={8_000}
              value={tile.text}
              onChange={(event) => onChange({ ...tile, text: event.target.value }, 'text')}
            />
          )}
        </Field>
      )}
      {tile.type === 'chart' && (
        <Segmented
          label="Kind"
          size="small"
          value={tile.kind ?? 'lines'}
          options={KINDS}
          onChange={(kind) => onChange({ ...tile, kind }, 'kind')}
        />
      )}
      {(tile.type === 'number' ||
        tile.type === 'gauge' ||
        tile.type === 'chart' ||
        tile.type === 'table') && <ScaleFields tile={tile} onChange={onChange} />}
      {(tile.type === 'gauge' || tile.type === 'chart') && <EndFields tile={tile} onChange={onChange} />}
    </div>
  );
}

type Scaled = Extract<Tile, { type: 'number' | 'gauge' | 'chart' | 'table' }>;

function ScaleFields({ tile, onChange }: { tile: Scaled; onChange: LookProps['onChange'] }): ReactNode {
  return (
    <div className={styles.three}>
      <Field label="Numbers">
        {({ id }) => (
          <Select
            id={id}
            value={tile.style ?? 'plain'}
            options={STYLES}
            onChange={(style) => onChange({ ...tile, style }, 'style')}
          />
        )}
      </Field>
      <Field label="Unit">
        {({ id }) => (
          <TextInput
            id={id}
            maxLength={16}
            value={tile.unit ?? ''}
            placeholder={tile.style === 'bytes' ? '/s' : ''}
            onChange={(event) => onChange(optional(tile, 'unit', event.target.value || undefined), 'unit')}
          />
        )}
      </Field>
      <Field label="Decimals">
        {({ id }) => (
          <NumberInput
            id={id}
            whole
            placeholder="auto"
            value={tile.decimals}
            onChange={(decimals) => {
              if (decimals === undefined || (decimals >= 0 && decimals <= 6)) {
                onChange(optional(tile, 'decimals', decimals), 'decimals');
              }
            }}
          />
        )}
      </Field>
    </div>
  );
}

function EndFields({
  tile,
  onChange,
}: {
  tile: Extract<Tile, { type: 'gauge' | 'chart' }>;
  onChange: LookProps['onChange'];
}): ReactNode {
  const put = (end: 'min' | 'max', value: number | undefined): void => {
    if (tile.type === 'chart') onChange(optional(tile, end, value), `${end}imum`);
    else if (value !== undefined) onChange({ ...tile, [end]: value }, `${end}imum`);
  };
  const placeholder = tile.type === 'chart' ? 'by the data' : '';
  return (
    <div className={styles.two}>
      {(['min', 'max'] as const).map((end) => (
        <Field key={end} label={end === 'min' ? 'From' : 'To'}>
          {({ id }) => (
            <NumberInput
              id={id}
              value={tile[end]}
              placeholder={placeholder}
              onChange={(value) => put(end, value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

/** Sets a field, or takes it away: an absent one follows the default. */
function optional<T extends Tile>(tile: T, field: string, value: unknown): T {
  const { [field]: _, ...rest } = tile as Record<string, unknown>;
  return (value === undefined ? rest : { ...rest, [field]: value }) as T;
}
