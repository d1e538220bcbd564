import type { TileType } from '../../../shared/domain/board.ts';

export type FieldKind = 'number' | 'switch' | 'text' | 'list' | 'records';

/** One place in a datum that a tile could show. */
export interface DataField {
  pointer: string;
  kind: FieldKind;
  /** The value now, short enough for a list. */
  sample: string;
}

const FIELDS_MAX = 200;
const DEPTH_MAX = 8;
const SAMPLE_MAX = 28;
/** Longer text, or text with spaces in it, is a sentence and no state. */
const WORD_MAX = 20;

/** The places in a datum that can be shown, in its own order; `''` is the whole of a bare value. */
export function fieldsOf(data: unknown): DataField[] {
  const found: DataField[] = [];
  const walk = (value: unknown, pointer: string, depth: number): void => {
    if (found.length >= FIELDS_MAX || depth > DEPTH_MAX || value === null || value === undefined) return;
    const kind = kindOf(value);
    if (kind !== undefined) found.push({ pointer, kind, sample: sampleOf(value) });
    if (typeof value !== 'object' || kind === 'records') return;
    for (const [key, child] of Object.entries(value)) {
      walk(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    }
  };
  walk(data, '', 0);
  return found;
}

function kindOf(value: unknown): FieldKind | undefined {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'string') return 'text';
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
    ? 'records'
    : 'list';
}

function sampleOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} entries`;
  const text = typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value);
  return text.length > SAMPLE_MAX ? `${text.slice(0, SAMPLE_MAX)}…` : text;
}

/**
 * The type that suits what a channel sends at a place: numbers are numbers, several of them a chart, yes and no or one
 * word a light, sentences a log, records a table.
 * @param pointer where; undefined: the channel as a whole
 */
export function suggestType(data: unknown, pointer?: string): TileType {
  const fields = fieldsOf(data);
  const at = pointer === undefined ? undefined : fields.find((field) => field.pointer === pointer);
  if (at !== undefined) return typeOfField(at);
  if (fields.some((field) => /^\/(message|msg|text|line)$/.test(field.pointer) && field.kind === 'text'))
    return 'log';
  if (fields.some((field) => field.kind === 'records')) return 'table';
  const numbers = fields.filter((field) => field.kind === 'number');
  if (numbers.length > 1) return 'chart';
  if (numbers.length === 1) return 'number';
  const first = fields[0];
  return first === undefined ? 'log' : typeOfField(first);
}

function typeOfField(field: DataField): TileType {
  switch (field.kind) {
    case 'number':
      return /percent|level|ratio/i.test(field.pointer) ? 'gauge' : 'number';
    case 'switch':
      return 'status';
    case 'records':
      return 'table';
    case 'list':
      return 'chart';
    case 'text':
      return /\s/.test(field.sample) || field.sample.length > WORD_MAX ? 'log' : 'status';
  }
}
