import { describe, expect, test } from 'vitest';
import { SequenceReader, type Shortcut } from './shortcuts.ts';

const shortcut = (keys: string): Shortcut => ({ keys, label: keys, group: 'Test', run: () => {} });
const goBoards = shortcut('g b');
const goFeed = shortcut('g f');
const create = shortcut('n');
const boardKey = shortcut('b');

function read(known: Shortcut[], ...keys: [key: string, at: number][]): (string | undefined)[] {
  const reader = new SequenceReader();
  return keys.map(([key, at]) => reader.press(key, at, known)?.keys);
}

describe('reading keys', () => {
  test('a single key acts at once', () => {
    expect(read([create], ['n', 0])).toEqual(['n']);
  });

  test('two keys make a sequence when they follow each other', () => {
    expect(read([goBoards, goFeed], ['g', 0], ['f', 400])).toEqual([undefined, 'g f']);
  });

  test('two keys too far apart are two keys', () => {
    expect(read([goBoards], ['g', 0], ['b', 1_300])).toEqual([undefined, undefined]);
    expect(read([goBoards, boardKey], ['g', 0], ['b', 1_300])).toEqual([undefined, 'b']);
  });

  test('a key that does not go on with a sequence still means itself', () => {
    expect(read([goBoards, create], ['g', 0], ['n', 100])).toEqual([undefined, 'n']);
  });

  test('a sequence is over once it has acted', () => {
    expect(read([goBoards, boardKey], ['g', 0], ['b', 100], ['b', 200])).toEqual([undefined, 'g b', 'b']);
  });

  test('the first key of a sequence may be pressed again', () => {
    expect(read([goBoards], ['g', 0], ['g', 100], ['b', 200])).toEqual([undefined, undefined, 'g b']);
  });

  test('of two with the same keys the one added last wins', () => {
    const page = { ...create, label: 'New person' };
    expect(new SequenceReader().press('n', 0, [create, page])?.label).toBe('New person');
  });
});
