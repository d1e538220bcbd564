import { GRID_COLUMNS, type Series, type Tile } from '../../shared/domain/board.ts';
import { numericFields, readPointer } from '../../shared/json.ts';

/** A channel and its newest datum. */
export interface Sample {
  channel: string;
  data: unknown;
}

/** Lines of one suggested chart; more are hard to tell apart. */
const LINES_MAX = 6;

type Unplaced<T> = T extends Tile ? Omit<T, 'id' | 'x' | 'y'> : never;
/** A tile of any type before it has a place. */
type Draft = Unplaced<Tile>;

/** Sizes in grid units, by what a tile shows. */
const size = {
  number: { w: 6, h: 4 },
  status: { w: 12, h: 4 },
  chart: { w: 12, h: 7 },
  log: { w: 12, h: 7 },
} as const;

/**
 * Lays a board out from what arrives: a number becomes a number, numbers that belong together a chart, words a log,
 * yes and no a light. A person changes it afterwards.
 */
export function suggestTiles(samples: readonly Sample[]): Tile[] {
  const drafts = [...families(samples).values()].flatMap(draftsOfFamily);
  const order: Tile['type'][] = ['number', 'status', 'chart', 'log'];
  drafts.sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type));
  return place(drafts);
}

/** Channels of bare numbers stand together when all but their last part is the same: `moved.north`, `moved.south`. */
function families(samples: readonly Sample[]): Map<string, Sample[]> {
  const found = new Map<string, Sample[]>();
  for (const sample of samples) {
    const parent = sample.channel.replace(/[.:][^.:]*$/, '');
    const key = typeof sample.data === 'number' ? `number ${parent}` : `own ${sample.channel}`;
    found.set(key, [...(found.get(key) ?? []), sample]);
  }
  return found;
}

function draftsOfFamily(family: readonly Sample[]): Draft[] {
  const [first] = family;
  if (first === undefined) return [];
  if (family.length > 1) {
    const title = `${first.channel.replace(/[^.:]*$/, '')}*`;
    const series = family.map(({ channel }) => ({ channel, pointer: '', label: lastPart(channel) }));
    return inParts(series, LINES_MAX).map((part) => chart(title, part));
  }
  const { channel, data } = first;
  if (typeof data === 'number') return [number(channel, { channel, pointer: '' })];
  if (typeof data === 'boolean') {
    return [{ type: 'status', title: channel, ...size.status, series: [{ channel, pointer: '' }] }];
  }
  if (typeof data === 'string') return [log(channel)];
  const text = ['/message', '/text', '/line'].find((one) => typeof readPointer(data, one) === 'string');
  if (text !== undefined) return [log(channel, text, readPointer(data, '/level') !== undefined)];
  const fields = [...numericFields(data, LINES_MAX).keys()].map((pointer) => ({
    channel,
    pointer,
    label: pointer.slice(1).replaceAll('/', ' '),
  }));
  if (fields.length === 0) return [log(channel)];
  return fields.length === 1 && fields[0] !== undefined
    ? [number(channel, fields[0])]
    : [chart(channel, fields)];
}

function inParts<T>(list: readonly T[], most: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < list.length; from += most) parts.push(list.slice(from, from + most));
  return parts;
}

function number(title: string, series: Series): Draft {
  return { type: 'number', title, ...size.number, series };
}

function chart(title: string, series: Series[]): Draft {
  return { type: 'chart', title, ...size.chart, series };
}

function log(channel: string, pointer?: string, hasLevel = false): Draft {
  return {
    type: 'log',
    title: channel,
    ...size.log,
    channels: [channel],
    ...(pointer !== undefined && { pointer }),
    ...(hasLevel && { levelPointer: '/level' }),
  };
}

function lastPart(channel: string): string {
  return channel.split(/[.:]/).at(-1) ?? channel;
}

/** From left to right, row after row; a tile that does not fit, or is of another height, begins a new row. */
function place(drafts: readonly Draft[]): Tile[] {
  let x = 0;
  let y = 0;
  let height = 0;
  return drafts.map((draft, index) => {
    if (x + draft.w > GRID_COLUMNS || (height !== 0 && draft.h !== height)) {
      x = 0;
      y += height;
    }
    const tile = { ...draft, title: draft.title.slice(0, 80), id: `t${index + 1}`, x, y } as Tile;
    x += draft.w;
    height = draft.h;
    return tile;
  });
}
