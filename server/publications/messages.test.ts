import { expect, test } from 'vitest';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import type { AppendItem } from '../log/log.ts';
import { publicationMessages } from './messages.ts';
import { Publisher } from './publisher.ts';

const operator: Account = { id: 'p1', kind: 'person', name: 'Pat', role: 'operator', groups: [] };

function setUp(account: Account) {
  const sent: ServerMessage[] = [];
  const appended: AppendItem[] = [];
  const log = {
    append: async (items: readonly AppendItem[]) => {
      appended.push(...items);
      return items.map((_, index) => ({ epoch: 'e', offset: index + 1 }));
    },
  };
  const publisher = new Publisher({ log, bus: { publish: () => {} }, maxMessageBytes: 100, clock: () => 5 });
  const { publish } = publicationMessages({ publisher });
  const client = { account, send: (message: ServerMessage) => sent.push(message) };
  return { sent, appended, publish: (message: Parameters<typeof publish>[1]) => publish(client, message) };
}

test('[DUR-1] a publish is answered with its position after it was kept, when it has an id', async () => {
  const { sent, appended, publish } = setUp(operator);
  await publish({ type: 'publish', id: 7, channel: 'pumps', data: null, key: 'k' });
  expect(appended).toEqual([{ channel: 'pumps', time: 5, data: 'null', key: 'k' }]);
  expect(sent).toEqual([{ type: 'published', id: 7, epoch: 'e', offset: 1 }]);
});

test('[HLO-1] without an id only errors are answered', async () => {
  const { sent, appended, publish } = setUp(operator);
  await publish({ type: 'publish', channel: 'pumps', data: 1 });
  expect([appended.length, sent]).toEqual([1, []]);
});

test('[WHO-1] a viewer is refused, and nothing reaches the log', async () => {
  const { appended, publish } = setUp({ ...operator, role: 'viewer' });
  const refused = publish({ type: 'publish', id: 1, channel: 'pumps', data: 1 });
  await expect(refused).rejects.toMatchObject({ error: 'forbidden' });
  expect(appended).toEqual([]);
});
