import type { CSSProperties, ReactNode } from 'react';
import type { Tile } from '../../shared/domain/board.ts';
import { TileView } from '../tiles/TileView.tsx';
import styles from './BoardGrid.module.css';
import { arrange, readingOrder } from './layout.ts';
import { useColumns } from './use-columns.ts';

/** A board to look at: plain CSS grid, no library. Tiles keep their identity when the width changes. */
export function BoardGrid({ tiles }: { tiles: readonly Tile[] }): ReactNode {
  const columns = useColumns();
  const places = arrange(tiles, columns);
  return (
    <div className={styles.grid} style={{ '--columns': columns } as CSSProperties}>
      {readingOrder(tiles).map((tile) => (
        <div key={tile.id} className={styles.cell} style={cellStyle(places.get(tile.id)!)}>
          <TileView tile={tile} />
        </div>
      ))}
    </div>
  );
}

/** The same cells while the tiles are not known yet: nothing moves when they come. */
export function BoardSkeleton({
  tiles,
}: {
  tiles: readonly Pick<Tile, 'id' | 'type' | 'x' | 'y' | 'w' | 'h'>[];
}): ReactNode {
  const columns = useColumns();
  const places = arrange(tiles, columns);
  return (
    <div className={styles.grid} style={{ '--columns': columns } as CSSProperties} role="status">
      <span className="visually-hidden">Loading the board</span>
      {tiles.map((tile) => (
        <div key={tile.id} className={styles.cell} style={cellStyle(places.get(tile.id)!)}>
          <div className={styles.blank} />
        </div>
      ))}
    </div>
  );
}

export function cellStyle({ x, y, w, h }: { x: number; y: number; w: number; h: number }): CSSProperties {
  return { gridArea: `${y + 1} / ${x + 1} / span ${h} / span ${w}` };
}
