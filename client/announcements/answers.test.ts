import { expect, test } from 'vitest';
import { answersOf, dialogId } from './answers.ts';

test('the answers are the sender’s choices, or one that says it was read', () => {
  expect(answersOf({}).map((one) => one.label)).toEqual(['Got it']);
  expect(answersOf({ acknowledge: {} })).toEqual([{ label: 'I’ve read this', urgent: false }]);
  expect(answersOf({ acknowledge: { choices: [{ text: 'Safe' }, { text: 'Help', urgent: true }] } })).toEqual(
    [
      { label: 'Safe', answer: 'Safe', urgent: false },
      { label: 'Help', answer: 'Help', urgent: true },
    ],
  );
});

test('an open dialog is not pulled away by what comes after it, and gives way to what is asked for', () => {
  expect(dialogId(['c', 'w'], undefined, 'w')).toBe('w');
  expect(dialogId(['c'], undefined, 'w')).toBe('c');
  expect(dialogId(['c', 'w'], 'x', 'w')).toBe('x');
  expect(dialogId([], undefined, 'w')).toBeUndefined();
});
