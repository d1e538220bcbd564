import { expect, test } from 'vitest';
import { type ProblemInput, problemOf } from './problem.ts';

const input: ProblemInput = {
  channel: 'pumps.north',
  pointer: '/flow',
  state: { phase: 'live', received: 3 },
  latest: { time: 0, value: 4 },
  numeric: true,
};

test('a number at its place is no problem', () => {
  expect(problemOf(input)).toBeUndefined();
});

test('while it loads nothing is wrong yet', () => {
  expect(
    problemOf({ ...input, state: { phase: 'loading', received: 0 }, latest: undefined }),
  ).toBeUndefined();
});

test('a channel that never spoke is waited for', () => {
  expect(problemOf({ ...input, state: { phase: 'live', received: 0 }, latest: undefined })?.kind).toBe(
    'waiting',
  );
});

test('what the server refuses is told apart from what failed, in its own words', () => {
  const refused = (name: string) =>
    problemOf({
      ...input,
      state: { phase: 'failed', received: 0, error: { name, message: 'Ask an admin.' } },
    });
  expect(refused('forbidden')).toMatchObject({ kind: 'forbidden', detail: 'Ask an admin.' });
  expect(refused('internal')?.kind).toBe('failed');
});

test('a path that does not match says which', () => {
  const problem = problemOf({ ...input, latest: { time: 0, value: undefined } });
  expect(problem).toMatchObject({ kind: 'path' });
  expect(problem?.detail).toContain('/flow');
});

test('text where a number is due is shown as it came', () => {
  expect(problemOf({ ...input, latest: { time: 0, value: 'running hot' } })).toMatchObject({
    kind: 'type',
    detail: 'It says “running hot”.',
  });
  expect(problemOf({ ...input, latest: { time: 0, value: 'running hot' }, numeric: false })).toBeUndefined();
});
