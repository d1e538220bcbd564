import { afterEach, expect, test } from 'vitest';
import type { HistoryReply, PublishReply } from '../../../shared/api/publications.ts';
import { ServerProcess } from '../server-process.ts';

let server: ServerProcess;
afterEach(() => server.remove());

const CHANNEL = 'story.kill';
const PUBLICATIONS = 1_000;
/** Producers that publish one after the other; the kill comes while all of them wait for an answer. */
const PRODUCERS = 20;

interface Acknowledged {
  offset: number;
  epoch: string;
  value: number;
}

/** Publishes the values in turn until all are acknowledged or the server is gone. */
async function produce(values: Iterator<number>, acknowledged: Acknowledged[]): Promise<void> {
  for (let next = values.next(); !next.done; next = values.next()) {
    const value = next.value;
    const answer = await server
      .call<PublishReply>('POST', '/publish', { channel: CHANNEL, data: { value } })
      .catch(() => undefined);
    const result = answer?.body.results[0];
    if (!result || 'error' in result) return;
    acknowledged.push({ offset: result.offset, epoch: result.epoch, value });
  }
}

async function wholeHistory(): Promise<HistoryReply> {
  const publications: NonNullable<HistoryReply['publications']> = [];
  for (let after = 0; ; ) {
    const path = `/channels/${CHANNEL}/history?limit=1000&after=${after}`;
    const { body } = await server.call<HistoryReply>('GET', path);
    publications.push(...(body.publications ?? []));
    if (body.next === undefined) return { ...body, publications };
    after = body.next;
  }
}

test('[DUR-1] [REC-3] whatever was acknowledged before a kill -9 is there after it, and the offsets go on', async () => {
  server = await ServerProcess.start();
  const acknowledged: Acknowledged[] = [];
  const values = Array.from({ length: PUBLICATIONS * 2 }, (_, at) => at).values();
  const producers = Array.from({ length: PRODUCERS }, () => produce(values, acknowledged));
  const enough = (async () => {
    while (acknowledged.length < PUBLICATIONS / 2) await new Promise((resolve) => setImmediate(resolve));
  })();
  await enough;
  await server.end('SIGKILL');
  await Promise.all(producers);
  const before = acknowledged.length;
  expect(before).toBeGreaterThanOrEqual(PUBLICATIONS / 2);

  await server.start();
  const kept = new Map((await wholeHistory()).publications?.map((one) => [one.offset, one.data]));
  for (const { offset, value } of acknowledged) expect(kept.get(offset)).toEqual({ value });
  expect([...kept.keys()]).toEqual(Array.from({ length: kept.size }, (_, at) => at + 1));

  await Promise.all(Array.from({ length: PRODUCERS }, () => produce(values, acknowledged)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(PUBLICATIONS);
  const all = (await wholeHistory()).publications?.map((one) => one.offset) ?? [];
  expect(all).toEqual(Array.from({ length: all.length }, (_, at) => at + 1));
  expect(new Set(acknowledged.map((one) => one.epoch)).size).toBe(1);
  expect(new Set(acknowledged.map((one) => one.offset)).size).toBe(acknowledged.length);
});
