import type { Series, Threshold, Tile, TileType } from '../../../shared/domain/board.ts';
import { pointerName } from '../../tiles/values/pointer.ts';
import { type DataField, fieldsOf } from './data-shape.ts';
import { typeFacts } from './draft.ts';

/** Lines or lights that a new tile begins with; more are added by hand. */
const FIRST_SERIES = 6;

export interface NewTile {
  id: string;
  type: TileType;
  /** Where the data comes from; text needs none. */
  channel: string;
  pointer?: string | undefined;
  /** What the channel sent last, to choose places by. */
  data: unknown;
}

/** A tile of a type over a channel, with the places of the data that suit it. It has no place on the grid yet. */
export function newTile({ id, type, channel, pointer, data }: NewTile): Tile {
  const fields = fieldsOf(data).filter((field) => fitsType(field, type));
  const places = pointer !== undefined ? [{ pointer }] : fields.slice(0, FIRST_SERIES);
  const first = places[0]?.pointer ?? '';
  const many: Series[] =
    places.length === 0
      ? [{ channel, pointer: '' }]
      : places.map((field) => labelled(channel, field.pointer, places.length));
  const common = {
    id,
    title: titleOf(type, channel, first, places.length),
    x: 0,
    y: 0,
    ...typeFacts[type].size,
  };
  const one: Series = { channel, pointer: first };
  const percent = /percent/i.test(first) ? ({ style: 'percent', decimals: 0 } as const) : {};
  switch (type) {
    case 'number':
      return { ...common, type, series: one, ...percent };
    case 'gauge':
      return { ...common, type, series: one, min: 0, max: 100, ...percent };
    case 'chart':
    case 'table':
      return { ...common, type, series: many };
    case 'status':
      return { ...common, type, series: many };
    case 'log': {
      const level = fieldsOf(data).some((field) => field.pointer === '/level');
      const text = ['/message', '/msg', '/text', '/line'].find((place) =>
        fields.some((field) => field.pointer === place),
      );
      return {
        ...common,
        type,
        channels: [channel],
        ...(text !== undefined && { pointer: text }),
        ...(level && { levelPointer: '/level' }),
      };
    }
    case 'text':
      return { ...common, type, title: 'Note', text: 'What to do, **whom to call**.\n\n- first\n- then' };
  }
}

function labelled(channel: string, pointer: string, count: number): Series {
  const label = pointerName(pointer).slice(0, 60);
  return count > 1 && label !== '' ? { channel, pointer, label } : { channel, pointer };
}

function titleOf(type: TileType, channel: string, pointer: string, places: number): string {
  const name = channel.replaceAll(/[.:]/g, ' ');
  const single = type === 'number' || type === 'gauge' || places === 1;
  const words = single && pointer !== '' ? pointerName(pointer) : name;
  const text = words === '' ? typeFacts[type].label : words;
  return `${text[0]!.toUpperCase()}${text.slice(1)}`.slice(0, 80);
}

export function fitsType(field: DataField, type: TileType): boolean {
  switch (type) {
    case 'number':
    case 'chart':
    case 'gauge':
      return field.kind === 'number' || field.kind === 'switch';
    case 'status':
      return field.kind === 'switch' || field.kind === 'text' || field.kind === 'number';
    case 'log':
      return field.kind === 'text';
    case 'table':
      return true;
    case 'text':
      return false;
  }
}

/** The same tile as another type: title, place and all that both have stays. */
export function asType(tile: Tile, type: TileType): Tile {
  if (tile.type === type) return tile;
  const { id, title, x, y } = tile;
  const { least } = typeFacts[type];
  const common = { id, title, x, y, w: Math.max(tile.w, least.w), h: Math.max(tile.h, least.h) };
  const series = seriesOf(tile);
  const first = series[0]!;
  const limits = thresholdsOf(tile);
  const scale = scaleOf(tile);
  switch (type) {
    case 'number':
      return { ...common, type, series: first, ...scale, ...limits };
    case 'gauge':
      return { ...common, type, series: first, min: 0, max: 100, ...scale, ...limits };
    case 'chart':
      return { ...common, type, series: series.slice(0, 32), ...scale, ...limits };
    case 'table':
      return { ...common, type, series, ...scale, ...limits };
    case 'status':
      return { ...common, type, series, ...limits };
    case 'log':
      return { ...common, type, channels: [...new Set(series.map((one) => one.channel))].slice(0, 16) };
    case 'text':
      return { ...common, type, text: '' };
  }
}

/** The lines of any tile; a log's channels as whole data. */
export function seriesOf(tile: Tile): Series[] {
  switch (tile.type) {
    case 'number':
    case 'gauge':
      return [tile.series];
    case 'chart':
    case 'status':
    case 'table':
      return tile.series;
    case 'log':
      return tile.channels.map((channel) => ({ channel, pointer: tile.pointer ?? '' }));
    case 'text':
      return [{ channel: 'system.host', pointer: '' }];
  }
}

export function thresholdsOf(tile: Tile): { thresholds?: Threshold[] } {
  return 'thresholds' in tile && tile.thresholds !== undefined ? { thresholds: tile.thresholds } : {};
}

function scaleOf(tile: Tile): Pick<Extract<Tile, { type: 'number' }>, 'unit' | 'style' | 'decimals'> {
  if (!('unit' in tile) && !('style' in tile) && !('decimals' in tile)) return {};
  const { unit, style, decimals } = tile as Extract<Tile, { type: 'number' }>;
  return {
    ...(unit !== undefined && { unit }),
    ...(style !== undefined && { style }),
    ...(decimals !== undefined && { decimals }),
  };
}
