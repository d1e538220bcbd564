import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { clientMessage } from './client-messages.ts';
import { closeCodes } from './close-codes.ts';
import { errors } from './errors.ts';
import { serverMessage } from './server-messages.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** Formats, tables and codes in one short text: whatever a peer could notice. */
function fingerprint(): string {
  const json = (schema: z.ZodType): unknown =>
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const codes = Object.values(errors).map((row) => row.code);
  const closes = Object.values(closeCodes).map((row) => row.code);
  const whole = JSON.stringify([json(clientMessage), json(serverMessage), codes, closes]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 12);
}

test('a change of the wire is noticed: it needs a line in version.ts, and a new version where an older peer would misread it', () => {
  expect([PROTOCOL_VERSION, fingerprint()]).toEqual([1, 'MOtk8uY1fyXG']);
});
