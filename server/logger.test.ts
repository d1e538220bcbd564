import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function recordingLog() {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', pretty: false }, { write: (line) => lines.push(line) });
  return { log, text: () => lines.join('') };
}

test('secrets do not reach the log, wherever in a line they stand', () => {
  const { log, text } = recordingLog();
  const secret = 'canary-secret';
  log.info({ password: secret, token: secret, key: secret, authorization: secret, cookie: secret }, 'flat');
  log.info(
    { req: { headers: { authorization: secret, cookie: secret } }, body: { password: secret } },
    'deep',
  );
  log.info({ headers: { 'set-cookie': secret } }, 'answer');
  expect(text()).not.toContain(secret);
  expect(text().match(/\[removed\]/g)).toHaveLength(9);
});

test('a line is JSON with a level, a time and a message', () => {
  const { log, text } = recordingLog();
  log.warn({ channel: 'pumps' }, 'slow');
  expect(JSON.parse(text())).toEqual({
    level: 40,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    channel: 'pumps',
    msg: 'slow',
  });
});
