import type { ReactNode } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { LogFields } from './LogFields.tsx';
import { SeriesFields } from './SeriesFields.tsx';
import { SeriesList } from './SeriesList.tsx';
import type { Suggestion } from './SuggestInput.tsx';

export interface SourceProps {
  tile: Tile;
  suggestions: readonly Suggestion[];
  onChange(tile: Tile, what: string): void;
}

/** Where the data of a tile comes from: a channel, and a place in what it sends. */
export function SourceSection({ tile, suggestions, onChange }: SourceProps): ReactNode {
  switch (tile.type) {
    case 'text':
      return null;
    case 'number':
    case 'gauge':
      return (
        <SeriesFields
          tile={tile}
          series={tile.series}
          suggestions={suggestions}
          onChange={(series) => onChange({ ...tile, series }, 'source')}
        />
      );
    case 'log':
      return <LogFields tile={tile} suggestions={suggestions} onChange={onChange} />;
    case 'chart':
    case 'status':
    case 'table':
      return <SeriesList tile={tile} suggestions={suggestions} onChange={onChange} />;
  }
}
