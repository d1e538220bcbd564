import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECOVERY_MAX_BYTES, RECOVERY_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import { RingBudget } from '../log/ring.ts';
import { SqliteLog } from '../log/sqlite-log.ts';
import { createClient } from './recorder.ts';
import { startServer, type TestServer } from './start-server.ts';
import type { TestClient } from './test-client.ts';
import { createTestHub } from './test-hub.ts';

const HOUR_MS = 3_600_000;

describe('[T99] the life of a channel', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  /** Offsets of a channel as a client got them, those inside `subscribed` too. */
  function offsets({ messages }: TestClient, channel: string): number[] {
    return messages.flatMap((message) => {
      if (message.type === 'publication' && message.channel === channel) return [message.offset];
      if (message.type !== 'subscribed' || message.channel !== channel) return [];
      return message.publications.map(({ offset }) => offset);
    });
  }

  test('the first publication of a new channel, racing with a subscribe, comes once and under the epoch told', async () => {
    const client = await server.connect();
    const channels = Array.from({ length: 50 }, (_, at) => `born.${at}`);
    await Promise.all(
      channels.map(async (channel, at) => {
        // Neither side is always first.
        const publish = () => server.call('POST', '/publish', { channel, data: at });
        const subscribe = () => client.subscribe(channel, { history: { limit: 10 } });
        const both = at % 2 === 0 ? [publish(), subscribe()] : [subscribe(), publish()];
        await Promise.all(both);
      }),
    );
    await client.until(() => channels.every((channel) => offsets(client, channel).length > 0));
    const { body } = await server.call<{ channels: { channel: string; epoch: string }[] }>(
      'GET',
      '/channels?match=born.*',
    );
    const epochs = new Map(body.channels.map(({ channel, epoch }) => [channel, epoch]));
    for (const channel of channels) {
      expect(offsets(client, channel)).toEqual([1]);
      const told = client.all('subscribed').find((one) => one.channel === channel);
      expect(told?.epoch).toBe(epochs.get(channel));
    }
  });

  test('[REC-6] deleted and made again: another epoch, which a client that was away hears of', async () => {
    const client = await server.connect();
    await server.publish('again', 1, 2, 3);
    const { epoch } = await client.subscribe('again');
    await server.call('DELETE', '/channels/again');
    expect(await client.next('unsubscribed', (one) => one.channel === 'again')).toMatchObject({
      code: 41001,
    });
    await server.publish('again', 'new');
    const back = await client.subscribe('again', { since: { epoch, offset: 3 } });
    expect(back).toMatchObject({ recovered: false, reason: 'epoch', offset: 1 });
    expect(back.epoch).not.toBe(epoch);
    expect(back.publications).toMatchObject([{ offset: 1, data: 'new' }]);
    expect(client.all('gap')).toEqual([]);
  });

  test('[REC-1] trimmed to nothing while somebody was away: complete if nothing was missed, else a gap', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-life-'));
    let now = Date.UTC(2026, 0, 1);
    const log = await SqliteLog.open({
      file: join(folder, 'log.db'),
      retention: { publications: 1_000, hours: 24, bytes: 1e9 },
      ...{ maxChannels: 10, maxBytes: 1e9, rings: new RingBudget(1e6) },
      clock: () => now,
    });
    const { hub } = createTestHub({ log, flushMs: 0 });
    try {
      await log.append([1, 2].map((one) => ({ channel: 'a', time: now, data: String(one) })));
      const { epoch } = await log.head('a');
      now += 25 * HOUR_MS;
      await log.maintain();
      expect(await log.head('a')).toMatchObject({ epoch, offset: 2, oldest: 3 });
      const [there, behind] = [createClient(), createClient()];
      for (const { client } of [there, behind]) hub.register(client);
      await hub.subscribe(there.client, { channel: 'a', since: { epoch, offset: 2 } });
      expect(there.sink.messages).toMatchObject([{ recovered: true, offset: 2, publications: [] }]);
      await hub.subscribe(behind.client, { channel: 'a', since: { epoch, offset: 1 } });
      expect(behind.sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'trimmed' });
      expect(behind.sink.all('gap')).toMatchObject([{ from: 2, to: 2, reason: 'trimmed' }]);
    } finally {
      hub.close();
      await log.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('how much one recovery brings', () => {
  /** The answer to a client that has nothing of what was published. */
  async function recover(data: unknown[]) {
    const { hub, publish } = createTestHub({ flushMs: 0 });
    publish('a', ...data);
    const { client, sink } = createClient();
    hub.register(client);
    await hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 0 } });
    hub.close();
    return sink.last('subscribed');
  }

  test.each([
    [RECOVERY_MAX_PUBLICATIONS - 1, true],
    [RECOVERY_MAX_PUBLICATIONS, true],
    [RECOVERY_MAX_PUBLICATIONS + 1, false],
  ])('[REC-6] %i publications: %s', async (count, recovered) => {
    const answer = await recover(Array.from({ length: count }, () => 1));
    expect(answer).toMatchObject({ recovered, ...(!recovered && { reason: 'limit' }) });
  });

  /** The words around a publication count too, about so much each: the limit is not of one byte. */
  const aroundEach = 100;
  test.each([
    ['less than 16 MiB with the words around it', -aroundEach, true],
    ['more than 16 MiB by itself', 1, false],
  ] as const)('[REC-6] %s', async (_what, more, recovered) => {
    const bytes = RECOVERY_MAX_BYTES / 128 + more;
    const answer = await recover(Array.from({ length: 128 }, () => 'x'.repeat(bytes - 2)));
    expect(answer).toMatchObject({ recovered, ...(!recovered && { reason: 'limit' }) });
  });
});
