import { lazy } from 'react';

/*
 * Charts bring a chart library, logs a virtual list: a third of what a board needs. They come as parts of their own,
 * asked for while the board's document is on its way, so that numbers and lights do not wait for them.
 */
const chart = () => import('./ChartTile.tsx');
const log = () => import('./LogTile.tsx');

export const ChartTile = lazy(async () => ({ default: (await chart()).ChartTile }));
export const LogTile = lazy(async () => ({ default: (await log()).LogTile }));

/** Begins to fetch the parts. One that cannot be had is asked for again, and reported, by the tile that needs it. */
export function preloadTiles(): void {
  for (const part of [chart, log]) part().catch(() => undefined);
}
