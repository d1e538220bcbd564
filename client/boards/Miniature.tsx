import type { ReactNode } from 'react';
import { GRID_COLUMNS, type Tile } from '../../shared/domain/board.ts';
import styles from './Miniature.module.css';

const WIDTH = 74;
const HEIGHT = 44;
/** Between two tiles, in px. */
const GAP = 2;
/** Fewer rows than these would be drawn as tall bars. */
const ROWS_MIN = 10;

type Place = Pick<Tile, 'id' | 'type' | 'x' | 'y' | 'w' | 'h'>;

/** Charts, logs and tables carry a board; they are the darker fields of its picture. */
const heavy: ReadonlySet<Tile['type']> = new Set(['chart', 'log', 'table']);

/** A board's own layout in small: its icon. Says nothing to a screen reader; the name stands beside it. */
export function Miniature({ tiles }: { tiles: readonly Place[] }): ReactNode {
  const rows = Math.max(ROWS_MIN, ...tiles.map((tile) => tile.y + tile.h));
  const column = (WIDTH + GAP) / GRID_COLUMNS;
  const row = (HEIGHT + GAP) / rows;
  return (
    <svg className={styles.mini} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {tiles.length === 0 && (
        <rect className={styles.none} x={0.5} y={0.5} width={WIDTH - 1} height={HEIGHT - 1} />
      )}
      {tiles.map(({ id, type, x, y, w, h }) => (
        <rect
          key={id}
          className={heavy.has(type) ? styles.big : undefined}
          x={x * column}
          y={y * row}
          width={Math.max(1, w * column - GAP)}
          height={Math.max(1, h * row - GAP)}
        />
      ))}
    </svg>
  );
}
