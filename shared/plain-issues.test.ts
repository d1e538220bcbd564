import { expect, test } from 'vitest';
import { z } from 'zod';
import './plain-issues.ts';

const words = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message;

test.each([
  [z.object({ title: z.string() }), {}, 'is missing'],
  [z.string(), 4, 'must be text'],
  [z.coerce.number(), 'many', 'must be a number'],
  [z.int(), 1.5, 'must be a whole number'],
  [z.array(z.string()), 'a', 'must be a list'],
  [z.string().min(1), '', 'must not be empty'],
  [z.array(z.string()).max(2), ['a', 'b', 'c'], 'must have at most 2 entries'],
  [z.string().max(3), 'abcd', 'must have at most 3 characters'],
  [z.number().min(5), 2, 'must be at least 5'],
  [z.number().positive(), 0, 'must be more than 0'],
  [z.enum(['info', 'warning']), 'loud', 'must be "info" or "warning"'],
  [z.literal('publish'), 'x', 'must be "publish"'],
])('a value that does not fit is told in plain words (%#)', (schema, value, said) => {
  expect(words(schema, value)).toBe(said);
});

test('a schema that has words of its own keeps them', () => {
  expect(words(z.string().regex(/^a/, 'begins with a'), 'b')).toBe('begins with a');
});
