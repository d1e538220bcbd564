import type { FeedState } from '../../live/types.ts';
import type { Latest } from './live-series.ts';
import { pointerName } from './pointer.ts';

/** Why a tile cannot show what it is meant to, in words that stand in its place. */
export interface TileProblem {
  kind: 'waiting' | 'forbidden' | 'failed' | 'path' | 'type';
  title: string;
  /** What it is about and what can be done. */
  detail: string;
  channel: string;
}

export interface ProblemInput {
  channel: string;
  pointer: string;
  state: FeedState;
  latest: Latest | undefined;
  /** Whether a number is needed; text will not do. */
  numeric: boolean;
}

const SHOWN_TEXT = 24;

/** What is wrong with one series, or nothing. While it loads nothing is wrong yet. */
export function problemOf({
  channel,
  pointer,
  state,
  latest,
  numeric,
}: ProblemInput): TileProblem | undefined {
  if (state.phase === 'failed') {
    const forbidden = state.error?.name === 'forbidden';
    return {
      kind: forbidden ? 'forbidden' : 'failed',
      title: forbidden ? 'Not open to you' : 'The channel cannot be read',
      detail: state.error?.message ?? 'The server refused it.',
      channel,
    };
  }
  if (latest === undefined) {
    if (state.phase === 'loading' || state.received > 0) return undefined;
    return {
      kind: 'waiting',
      title: 'Waiting for the first value',
      detail: 'Nothing has come on this channel yet.',
      channel,
    };
  }
  if (latest.value === undefined) {
    return {
      kind: 'path',
      title: 'Nothing at this path',
      detail: `The data has no ${pointer === '' ? 'value' : pointerName(pointer)} (${pointer || 'the whole datum'}).`,
      channel,
    };
  }
  if (numeric && typeof latest.value !== 'number' && typeof latest.value !== 'boolean') {
    return { kind: 'type', title: 'Not a number', detail: `It says ${sayOf(latest.value)}.`, channel };
  }
  return undefined;
}

function sayOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return `an object with ${Object.keys(value).slice(0, 4).join(', ')}`;
  const text = String(value);
  return `“${text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text}”`;
}
