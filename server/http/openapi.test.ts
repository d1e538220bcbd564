import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openapiDocument } from './openapi.ts';

test('a change of the HTTP API is noticed: say it in docs/protocol.md, and keep what older programs rely on', () => {
  const { paths } = openapiDocument('any');
  const fingerprint = createHash('sha256').update(JSON.stringify(paths)).digest('base64url').slice(0, 12);
  expect(fingerprint).toBe('iteAB29le1xc');
});
