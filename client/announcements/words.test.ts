import { expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';
import { sinceStart } from './when.ts';
import { DIFF_MAX_WORDS, wordDiff } from './word-diff.ts';

test('an excerpt is one line of plain words', () => {
  expect(
    excerpt('**Leave by gate A.** Gate B is for crews.\n- Stop engines\n- Meet at [car park A](https://x.y)'),
  ).toBe('Leave by gate A. Gate B is for crews. Stop engines. Meet at car park A');
});

test('an excerpt breaks between words and says that it was cut', () => {
  expect(excerpt('one two three four', 12)).toBe('one two…');
});

test('an edit is shown word by word', () => {
  expect(wordDiff('out of service until 16:00.', 'out of service until 17:30.')).toEqual([
    { kind: 'same', text: 'out of service until ' },
    { kind: 'gone', text: '16:00' },
    { kind: 'new', text: '17:30' },
    { kind: 'same', text: '.' },
  ]);
});

test('the pieces of a diff make both versions again', () => {
  const [before, after] = ['Use berth 5 for containers.', 'Use berth 5 or 6 for all containers!'];
  const pieces = wordDiff(before, after) ?? [];
  const without = (kind: string): string =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map((piece) => piece.text)
      .join('');
  expect(without('new')).toBe(before);
  expect(without('gone')).toBe(after);
});

test('texts too long to compare are not compared', () => {
  expect(wordDiff('a '.repeat(DIFF_MAX_WORDS), 'b')).toBeUndefined();
});

test('times since sending: tenths of seconds first, then a stopwatch', () => {
  expect([400, 9_999, 31_000, 3_723_000].map((ms) => sinceStart(ms, 0))).toEqual([
    '+0.4 s',
    '+10.0 s',
    '+0:31',
    '+1:02:03',
  ]);
  expect(sinceStart(5, 10)).toBe('+0.0 s');
});
