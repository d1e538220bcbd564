import type { LoadOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { Rig } from './rig.ts';
import { board } from './scenarios/board.ts';

/** What `npm run load` can do, by name. */
export const scenarios: Readonly<Record<string, (rig: Rig, options: LoadOptions) => Promise<Outcome>>> = {
  board,
};
