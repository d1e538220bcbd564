import { expect, test } from 'vitest';
import { shellQuoted } from '../../shell-quoted.ts';
import { curlOf } from './curl.ts';
import { makeLink, toggleAround, toggleList } from './markdown-edit.ts';
import { marksOf } from './reach-marks.ts';
import { actWords, HOLD_MS, holdMs, needsConfirmation } from './sending.ts';

test('the button names the act and its numbers', () => {
  const draft = { severity: 'critical' as const, drill: false };
  expect(actWords(draft, { people: 60, screens: 3 })).toBe('Send critical to 60 people and 3 screens');
  expect(actWords(draft, { people: 1, screens: 0 })).toBe('Send critical to 1 person');
  expect(actWords(draft, { people: 0, screens: 1 })).toBe('Send critical to 1 screen');
  expect(actWords({ ...draft, drill: true }, undefined)).toBe('Send drill');
});

test('critical, and what goes to many, asks once more', () => {
  expect(needsConfirmation('critical', { people: 1 })).toBe(true);
  expect(needsConfirmation('info', { people: 50 })).toBe(false);
  expect(needsConfirmation('info', { people: 51 })).toBe(true);
});

test('[ANN-4] all but critical is held so that it can be undone', () => {
  expect(holdMs('warning')).toBe(HOLD_MS);
  expect(holdMs('critical')).toBe(0);
});

test('the curl survives quotes in the text', () => {
  expect(shellQuoted("it's")).toBe("'it'\\''s'");
  const content = {
    severity: 'info' as const,
    title: "Don't",
    body: '',
    target: { everyone: true as const },
  };
  expect(curlOf('https://x.example', content)).toContain(`'{"severity":"info","title":"Don'\\''t"`);
});

test('the toolbar puts marks and takes them away again', () => {
  const bold = toggleAround({ text: 'leave now', start: 0, end: 5 }, '**');
  expect(bold).toEqual({ text: '**leave** now', start: 2, end: 7 });
  expect(toggleAround(bold, '**')).toEqual({ text: 'leave now', start: 0, end: 5 });
});

test('lines become a list and a list becomes lines', () => {
  const listed = toggleList({ text: 'a\nb\nc', start: 0, end: 3 });
  expect(listed.text).toBe('- a\n- b\nc');
  expect(toggleList(listed).text).toBe('a\nb\nc');
});

test('a new link is ready for its address', () => {
  const made = makeLink({ text: 'see map', start: 4, end: 7 });
  expect(made.text).toBe('see [map](https://)');
  expect(made.text.slice(made.start, made.end)).toBe('https://');
});

test('marks are people while they can be counted, then a bar to one scale', () => {
  expect(marksOf(3, 10, 40)).toEqual({ kind: 'cells' });
  expect(marksOf(25, 50, 100)).toEqual({ kind: 'bar', width: 0.5, filled: 0.5 });
  expect(marksOf(0, 0, 100)).toEqual({ kind: 'bar', width: 0, filled: 0 });
});
