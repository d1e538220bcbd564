import type { TileType } from '../../../shared/domain/board.ts';

interface Hindrance {
  type: TileType;
  /** Whether the channel's name is one. */
  valid: boolean;
  /** Whether the channel has not been answered yet. */
  waiting: boolean;
}

/** Why no tile can be added yet: without the newest value nobody knows which place in it to show. */
export function hindranceOf({ type, valid, waiting }: Hindrance): string | undefined {
  if (type === 'text') return undefined;
  if (!valid) return 'Choose a channel first.';
  return waiting ? 'Asking for the newest value of this channel, to show the right place in it.' : undefined;
}
