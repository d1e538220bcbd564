import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClientMessage } from '../../shared/protocol/client-messages.ts';
import { Intents } from './intents.ts';
import { offlineError, type Settle } from './requests.ts';
import { RequestError } from './types.ts';

let sent: ClientMessage[];
let settles: Settle[];
let problems: unknown[];
let intents: Intents;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  settles = [];
  problems = [];
  intents = new Intents({
    ask: (message, settle) => {
      settles.push(settle);
      return message;
    },
    send: (message) => sent.push(message),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    report: (problem) => problems.push(problem),
    keep: () => {},
  });
});

afterEach(() => vi.useRealTimers());

const receipt = (announcement: string, state: 'delivered' | 'seen' | 'acknowledged' | 'deferred') =>
  ({ type: 'receipt', announcement, revision: 1, state }) as const;

const busy = new RequestError({ code: 50_301, name: 'overloaded', message: 'Busy.', retry: true });
const refused = new RequestError({ code: 40_401, name: 'notFound', message: 'Gone.', retry: false });

test('what is done offline waits, and goes out once the line is back', () => {
  intents.add(receipt('a1', 'seen'));
  intents.add({ type: 'view', board: 'b1' });
  expect(sent).toEqual([]);
  intents.flush();
  expect(sent).toEqual([{ type: 'view', board: 'b1' }, receipt('a1', 'seen')]);
});

test('[ANN-3] of one announcement only the highest receipt waits; deferring stands beside it', () => {
  intents.add(receipt('a1', 'delivered'));
  intents.add(receipt('a1', 'acknowledged'));
  intents.add(receipt('a1', 'seen'));
  intents.add(receipt('a1', 'deferred'));
  intents.flush();
  expect(sent).toEqual([receipt('a1', 'acknowledged'), receipt('a1', 'deferred')]);
});

test('a receipt is repeated on each new line until the server has it', () => {
  intents.flush();
  intents.add(receipt('a1', 'seen'));
  settles[0]?.(offlineError());
  intents.down();
  intents.flush();
  expect(sent).toHaveLength(2);
  settles[1]?.({ type: 'ok', id: 1 });
  expect(intents.waiting).toHaveLength(0);
  intents.down();
  intents.flush();
  expect(sent).toHaveLength(2);
});

test('a busy server is asked again, one that refuses is not', () => {
  intents.flush();
  intents.add(receipt('a1', 'seen'));
  settles[0]?.(busy);
  vi.advanceTimersByTime(5_000);
  expect(sent).toHaveLength(2);
  settles[1]?.(refused);
  expect(intents.waiting).toHaveLength(0);
  expect(problems).toEqual([refused]);
});

test('the answer to an overtaken receipt does not confirm the newer one', () => {
  intents.flush();
  intents.add(receipt('a1', 'seen'));
  intents.add(receipt('a1', 'acknowledged'));
  settles[0]?.({ type: 'ok', id: 1 });
  expect(intents.waiting).toHaveLength(1);
});

test('each new line learns which board is shown', () => {
  intents.add({ type: 'view', board: 'b1' });
  intents.add({ type: 'view', board: 'b2' });
  intents.flush();
  intents.down();
  intents.flush();
  expect(sent).toEqual([
    { type: 'view', board: 'b2' },
    { type: 'view', board: 'b2' },
  ]);
});

test('what waits is bounded, and the loss is reported', () => {
  for (let n = 0; n < 201; n++) intents.add(receipt(`a${n}`, 'seen'));
  expect(intents.waiting).toHaveLength(200);
  expect(problems).toHaveLength(1);
});

test('nothing of one person is sent for the next', () => {
  intents.add(receipt('a1', 'seen'));
  intents.add({ type: 'view', board: 'b1' });
  intents.clear();
  intents.flush();
  expect(sent).toEqual([]);
});
