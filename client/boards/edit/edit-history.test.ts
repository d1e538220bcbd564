import { expect, test } from 'vitest';
import type { Draft } from './draft.ts';
import { currentDraft, type EditHistory, record, redo, startHistory, undo } from './edit-history.ts';

const named = (name: string): Draft => ({ name, tiles: [] });

function after(history: EditHistory, name: string, at: number, mergeKey?: string): EditHistory {
  return record(history, { draft: named(name), label: name, at, mergeKey });
}

test('every step can be undone and done again', () => {
  let history = after(after(startHistory(named('a')), 'b', 0), 'c', 10_000);
  history = undo(history);
  expect(currentDraft(history).name).toBe('b');
  history = undo(undo(history));
  expect(currentDraft(history).name).toBe('a');
  history = redo(redo(redo(history)));
  expect(currentDraft(history).name).toBe('c');
});

test('a new step forgets what was undone', () => {
  const history = after(undo(after(startHistory(named('a')), 'b', 0)), 'c', 0);
  expect(history.steps.map((step) => step.label)).toEqual(['c']);
  expect(currentDraft(redo(history)).name).toBe('c');
});

test('keystrokes in one field are one step, a pause begins another', () => {
  let history = after(startHistory(named('')), 'P', 0, 'title');
  history = after(history, 'Pu', 400, 'title');
  expect(history.steps).toHaveLength(1);
  history = after(history, 'Pum', 9_000, 'title');
  expect(history.steps).toHaveLength(2);
  history = after(history, 'x', 9_100, 'unit');
  expect(history.steps).toHaveLength(3);
});

test('steps beyond a hundred are forgotten from the oldest on', () => {
  let history = startHistory(named('0'));
  for (let n = 1; n <= 130; n++) history = after(history, String(n), n * 10_000);
  for (let n = 0; n < 200; n++) history = undo(history);
  expect(currentDraft(history).name).toBe('30');
});
