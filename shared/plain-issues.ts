import { z } from 'zod';

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** What is counted where a size is wrong. */
const COUNTED: Record<string, string> = { string: 'characters', array: 'entries', set: 'entries' };

/** A finding in the words of whoever sent the value; undefined leaves it to zod. It follows the field's name: `title: is missing`. */
export function plainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return sizeWords(
        issue.origin,
        Number(issue.minimum),
        issue.inclusive === false ? 'more than' : 'at least',
      );
    case 'too_big':
      return sizeWords(
        issue.origin,
        Number(issue.maximum),
        issue.inclusive === false ? 'less than' : 'at most',
      );
    default:
      return undefined;
  }
}

function sizeWords(origin: string, bound: number, than: string): string {
  const counted = COUNTED[origin];
  if (counted === undefined) return `must be ${than} ${bound}`;
  if (than === 'at least' && bound === 1) return 'must not be empty';
  return `must have ${than} ${bound} ${counted}`;
}

/** Makes every schema of this process speak so, where it has no words of its own. */
z.config({ customError: plainIssue });
