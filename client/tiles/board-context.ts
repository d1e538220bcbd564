import { createContext, useContext } from 'react';
import type { ChartGroup } from '../charts/chart-group.ts';

/** What all tiles of a board share. */
export interface BoardContext {
  windowMs: number;
  /** The window in words: `15 min`. */
  windowWords: string;
  charts: ChartGroup;
  /** While it is edited, tiles take no keys and no pointer of their own. */
  editing: boolean;
}

export const boardContext = createContext<BoardContext | undefined>(undefined);

export function useBoardContext(): BoardContext {
  const context = useContext(boardContext);
  if (context === undefined) throw new Error('a tile stands outside a board');
  return context;
}
