import { memo, type ReactNode, Suspense } from 'react';
import type { Tile } from '../../shared/domain/board.ts';
import { GaugeTile } from './GaugeTile.tsx';
import { ChartTile, LogTile } from './lazy-tiles.ts';
import { NumberTile } from './NumberTile.tsx';
import { StatusTile } from './StatusTile.tsx';
import { TableTile } from './TableTile.tsx';
import { TextTile } from './TextTile.tsx';
import { TileBoundary } from './TileFrame.tsx';

function draw(tile: Tile): ReactNode {
  switch (tile.type) {
    case 'number':
      return <NumberTile tile={tile} />;
    case 'chart':
      return <ChartTile tile={tile} />;
    case 'gauge':
      return <GaugeTile tile={tile} />;
    case 'status':
      return <StatusTile tile={tile} />;
    case 'log':
      return <LogTile tile={tile} />;
    case 'table':
      return <TableTile tile={tile} />;
    case 'text':
      return <TextTile tile={tile} />;
  }
}

/** Any tile. Drawn again only when its document changes; moving it is the grid's business. */
export const TileView = memo(function TileView({ tile }: { tile: Tile }): ReactNode {
  return (
    <TileBoundary tile={tile}>
      <Suspense>{draw(tile)}</Suspense>
    </TileBoundary>
  );
});
