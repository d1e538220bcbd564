import { expect, test } from 'vitest';
import { exceptions, lightGroups, lightOf, worst } from './light-state.ts';

test('limits decide numbers, and the usual words decide text', () => {
  expect(lightOf(85, [{ when: 'above', value: 80, severity: 'warning', word: 'busy' }])).toEqual({
    state: 'warning',
    word: 'busy',
  });
  expect(lightOf(12, [{ when: 'above', value: 80, severity: 'warning' }]).state).toBe('fine');
  expect(lightOf('Down')).toEqual({ state: 'critical', word: 'Down' });
  expect(lightOf('degraded').state).toBe('warning');
  expect(lightOf('ok')).toEqual({ state: 'fine', word: '' });
});

test('yes is fine and no is not', () => {
  expect(lightOf(true).state).toBe('fine');
  expect(lightOf(false)).toEqual({ state: 'critical', word: 'off' });
});

test('a word nobody knows is shown and not judged', () => {
  expect(lightOf('berthing')).toEqual({ state: 'fine', word: 'berthing' });
});

test('nothing is silence', () => {
  expect(lightOf(undefined).state).toBe('silent');
  expect(lightOf(null).state).toBe('silent');
});

test('many lights with a common word and a number make rows', () => {
  const labels = ['Berth', 'Crane'].flatMap((name) =>
    Array.from({ length: 12 }, (_, n) => `${name} ${n + 1}`),
  );
  expect(lightGroups(labels).map(({ label, members }) => [label, members.length])).toEqual([
    ['Berth', 12],
    ['Crane', 12],
  ]);
});

test('few lights, and lights of many names, show their names', () => {
  expect(lightGroups(['core 0', 'core 1'])).toEqual([]);
  expect(lightGroups(Array.from({ length: 20 }, (_, n) => String.fromCharCode(97 + n)))).toEqual([]);
});

test('exceptions are named, the worst first, and many of a kind are counted', () => {
  const lights = [
    { label: 'Berth 8', state: 'warning', word: 'slow' },
    { label: 'Crane 3', state: 'critical', word: 'down' },
    { label: 'Crane 8', state: 'warning', word: 'slow' },
    { label: 'Lift 1', state: 'silent', word: 'silent' },
    { label: 'Lift 2', state: 'silent', word: 'silent' },
    { label: 'Lift 3', state: 'silent', word: 'silent' },
    { label: 'Lift 4', state: 'fine', word: '' },
  ] as const;
  expect(exceptions(lights)).toEqual([
    { state: 'critical', text: 'Crane 3 down' },
    { state: 'warning', text: 'Berth 8, Crane 8 slow' },
    { state: 'silent', text: 'Lift 1, Lift 2 and 1 more silent' },
  ]);
});

test('the worst of several decides', () => {
  expect(worst(['fine', 'silent', 'warning'])).toBe('warning');
  expect(worst([])).toBe('fine');
});
