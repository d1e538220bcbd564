import { expect, test } from 'vitest';
import { publishCode, sampleOf } from './publish-code.ts';

const at = { origin: 'https://board.example', channel: 'orders:eu' };

test('the command is complete: address, key, data', () => {
  expect(publishCode('curl', { ...at, data: 41.2 })).toBe(
    [
      'curl https://board.example/api/v1/channels/orders%3Aeu \\',
      '  -H "Authorization: Bearer $KEY" \\',
      "  -d '41.2'",
    ].join('\n'),
  );
});

test('quotes in the data end no quotes of the shell', () => {
  const data = { word: `it's "$HOME" \\ \`date\`` };
  const quoted = publishCode('curl', { ...at, data }).split(' -d ')[1] ?? '';
  // A shell reads '…' as it stands, and \' between two of those as a quote.
  const read = quoted.split(/('[^']*'|\\')/).map((part) => (part === "\\'" ? "'" : part.slice(1, -1)));
  expect(JSON.parse(read.join(''))).toEqual(data);
});

test('PowerShell quotes are doubled', () => {
  expect(publishCode('powershell', { ...at, data: "it's" })).toContain(`-Body '"it''s"'`);
});

test('the example is the newest datum while it is short', () => {
  expect(sampleOf({ a: 1 })).toEqual({ a: 1 });
  expect(sampleOf(undefined)).toBe(41.2);
  expect(sampleOf('x'.repeat(400))).toBe(41.2);
});
