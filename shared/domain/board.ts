import { z } from 'zod';
import { channelName } from '../channels.ts';
import { TILES_MAX } from '../limits.ts';
import { boardId, groupId, slug } from './ids.ts';

export const GRID_COLUMNS = 24;

/** One line, number or light of a tile: a channel, and where in its data the value stands (JSON pointer). */
export const series = z.strictObject({
  channel: channelName,
  pointer: z.string().max(256).default(''),
  label: z.string().max(60).optional(),
});
export type Series = z.infer<typeof series>;

/** A limit that a value may pass; the most severe one passed decides what the tile says. */
export const threshold = z.strictObject({
  when: z.enum(['above', 'below']),
  value: z.number(),
  severity: z.enum(['warning', 'critical']),
  /** Stands beside the shape, in capitals: `HIGH`. */
  word: z.string().min(1).max(16).optional(),
});
export type Threshold = z.infer<typeof threshold>;

export const unitStyle = z.enum(['plain', 'si', 'bytes', 'percent', 'duration']);

const common = {
  id: z.string().min(1).max(64),
  title: z.string().trim().min(1).max(80),
  x: z
    .int()
    .min(0)
    .max(GRID_COLUMNS - 1),
  y: z.int().min(0).max(999),
  w: z.int().min(1).max(GRID_COLUMNS),
  h: z.int().min(1).max(100),
};

const scale = {
  /** Written beside the value: `trucks`, `m/s`. */
  unit: z.string().max(16).optional(),
  /** How digits are grouped and shortened: `bytes` is IEC, `percent` expects 0 to 100, `duration` ms. */
  style: unitStyle.optional(),
  decimals: z.int().min(0).max(6).optional(),
};

const thresholds = z.array(threshold).max(8).optional();

export const tile = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), ...common, ...scale, series, thresholds }),
  z.strictObject({
    type: z.literal('chart'),
    ...common,
    ...scale,
    series: z.array(series).min(1).max(32),
    kind: z.enum(['lines', 'area', 'stacked']).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    thresholds,
  }),
  z.strictObject({
    type: z.literal('gauge'),
    ...common,
    ...scale,
    series,
    min: z.number().default(0),
    max: z.number().default(100),
    thresholds,
  }),
  z.strictObject({
    type: z.literal('status'),
    ...common,
    series: z.array(series).min(1).max(200),
    thresholds,
  }),
  z.strictObject({
    type: z.literal('log'),
    ...common,
    channels: z.array(channelName).min(1).max(16),
    /** Where the line stands in the data; the whole datum where it is absent. */
    pointer: z.string().max(256).optional(),
    levelPointer: z.string().max(256).optional(),
  }),
  z.strictObject({
    type: z.literal('table'),
    ...common,
    ...scale,
    series: z.array(series).min(1).max(200),
    thresholds,
  }),
  z.strictObject({ type: z.literal('text'), ...common, text: z.string().max(8_000) }),
]);
export type Tile = z.infer<typeof tile>;
export type TileType = Tile['type'];
export type TileOf<T extends TileType> = Extract<Tile, { type: T }>;

const uniqueIds = (tiles: Tile[]): boolean => new Set(tiles.map((one) => one.id)).size === tiles.length;

export const boardContent = z.strictObject({
  name: z.string().trim().min(1).max(80),
  tiles: z.array(tile).max(TILES_MAX).refine(uniqueIds, 'every tile has an id of its own'),
  groups: z.array(groupId).max(100).optional(),
});
export type BoardContent = z.infer<typeof boardContent>;

export const board = boardContent.extend({
  id: boardId,
  slug,
  revision: z.int(),
  createdAt: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string().optional(),
});
export type Board = z.infer<typeof board>;

/** Every channel that a tile reads, each once. */
export function channelsOfTile(one: Tile): string[] {
  switch (one.type) {
    case 'number':
    case 'gauge':
      return [one.series.channel];
    case 'chart':
    case 'status':
    case 'table':
      return [...new Set(one.series.map((item) => item.channel))];
    case 'log':
      return [...new Set(one.channels)];
    case 'text':
      return [];
  }
}

export function channelsOfBoard(tiles: readonly Tile[]): string[] {
  return [...new Set(tiles.flatMap(channelsOfTile))];
}
