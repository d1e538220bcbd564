import type { Board, Tile, TileType } from '../../../shared/domain/board.ts';

/** What is edited of a board. */
export interface Draft {
  name: string;
  tiles: readonly Tile[];
}

export function draftOf(board: Board): Draft {
  return { name: board.name, tiles: board.tiles };
}

export interface TypeFacts {
  label: string;
  /** What it is good for, in the picker. */
  hint: string;
  /** Grid units; smaller than the least it cannot be read. */
  size: { w: number; h: number };
  least: { w: number; h: number };
}

export const typeFacts: Record<TileType, TypeFacts> = {
  number: {
    label: 'Number',
    hint: 'One figure and where it came from',
    size: { w: 4, h: 4 },
    least: { w: 3, h: 3 },
  },
  chart: { label: 'Chart', hint: 'Lines over time', size: { w: 12, h: 7 }, least: { w: 5, h: 4 } },
  gauge: { label: 'Meter', hint: 'A figure between two ends', size: { w: 4, h: 4 }, least: { w: 3, h: 3 } },
  status: {
    label: 'Lights',
    hint: 'Many yes or no at a glance',
    size: { w: 8, h: 4 },
    least: { w: 3, h: 3 },
  },
  log: { label: 'Log', hint: 'Lines as they come', size: { w: 12, h: 6 }, least: { w: 5, h: 3 } },
  table: {
    label: 'Table',
    hint: 'The newest value of many things',
    size: { w: 8, h: 6 },
    least: { w: 4, h: 3 },
  },
  text: { label: 'Text', hint: 'What to do, whom to call', size: { w: 6, h: 5 }, least: { w: 3, h: 2 } },
};

export const tileTypes = Object.keys(typeFacts) as TileType[];

/** The first free `t<number>`: ids need only be unique on their board, and short ones read well in an export. */
export function freeId(tiles: readonly Pick<Tile, 'id'>[]): string {
  const taken = new Set(tiles.map((tile) => tile.id));
  for (let number = tiles.length + 1; ; number++) {
    const id = `t${number}`;
    if (!taken.has(id)) return id;
  }
}

export function withTile(tiles: readonly Tile[], changed: Tile): Tile[] {
  return tiles.map((tile) => (tile.id === changed.id ? changed : tile));
}
