import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { createClient, type RecordingSink } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';

const CHANNELS = ['a', 'b', 'c'];
const CLIENTS = 4;

const channel = fc.constantFrom(...CHANNELS);
const client = fc.nat(CLIENTS - 1);

/** What may happen to a hub, in any order. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('publish'), channel, count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose'), channel }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('subscribe'),
      client,
      channel,
      back: fc.option(fc.nat(30), { nil: undefined }),
      limit: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unsubscribe'), client, channel }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fill'), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drain'), client }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trim'), channel }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end'), channel }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn') }) },
);

/**
 * Follows one client's messages as a client would, and fails where an offset is lost, doubled or out of order.
 * @returns where the client stands per channel it is subscribed to
 */
function follow(messages: readonly ServerMessage[]): Map<string, number> {
  const positions = new Map<string, number>();
  const at = (name: string): number => {
    const position = positions.get(name);
    if (position === undefined) throw new Error(`${name} spoke while nobody was subscribed`);
    return position;
  };
  for (const [index, message] of messages.entries()) {
    if (message.type === 'subscribed') {
      expect(positions.has(message.channel)).toBe(false);
      const offsets = message.publications.map(({ offset }) => offset);
      const first = offsets[0] ?? message.offset + 1;
      expect(offsets).toEqual(offsets.map((_, nth) => first + nth));
      positions.set(message.channel, offsets.at(-1) ?? message.offset);
    } else if (message.type === 'publication') {
      expect(message.offset).toBe(at(message.channel) + 1);
      expect(message.data).toBe(`${message.channel} ${message.offset}`);
      positions.set(message.channel, message.offset);
    } else if (message.type === 'gap') {
      // The one that belongs to an unrecovered answer lies before what came with it (REC-4).
      if (messages[index - 1]?.type === 'subscribed' && message.to <= at(message.channel)) continue;
      expect(message.from).toBe(at(message.channel) + 1);
      positions.set(message.channel, message.to);
    } else if (message.type === 'unsubscribed') {
      positions.delete(message.channel);
    }
  }
  return positions;
}

test('[ORD-1] [ORD-2] [REC-1] whatever happens, each subscriber sees consecutive offsets or an announced gap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
      // Each write takes its time, so that batches wait for a window and a fan-out is cut into slices of a member each.
      let ticks = 0;
      const now = () => ticks;
      const { hub, log, bus, failures } = createTestHub({ flushMs: 2, now, ringBytes: 3_000 });
      const clients = Array.from({ length: CLIENTS }, () => {
        const made = createClient();
        made.sink.onWrite = () => {
          ticks += 5;
        };
        hub.register(made.client);
        return made;
      });
      const heads = new Map(CHANNELS.map((name) => [name, 0]));
      const kept = (name: string) => {
        const offset = heads.get(name)! + 1;
        heads.set(name, offset);
        return log.add(name, `${name} ${offset}`);
      };
      const orders: Promise<void>[] = [];
      const epochs = new Map<string, string>();
      for (const one of steps) {
        const who = 'client' in one ? clients[one.client]! : undefined;
        switch (one.do) {
          case 'publish':
            bus.publish(
              'publications',
              Array.from({ length: 'count' in one ? one.count : 1 }, () => kept(one.channel)),
            );
            break;
          case 'lose':
            kept(one.channel);
            break;
          case 'subscribe': {
            const { channel: name, back, limit } = one;
            const epoch = (await log.head(name)).epoch;
            epochs.set(name, epoch);
            const since =
              back === undefined
                ? {}
                : { since: { epoch, offset: Math.max(0, heads.get(name)! + 2 - back) } };
            const order = hub.subscribe(who!.client, {
              channel: name,
              ...since,
              ...(limit !== undefined && { history: { limit } }),
            });
            // A channel that it holds already is a conflict; anything else is not expected.
            orders.push(
              order.catch((error: Error & { error?: string }) => expect(error.error).toBe('conflict')),
            );
            break;
          }
          case 'unsubscribe':
            orders.push(hub.unsubscribe(who!.client, { channel: one.channel }));
            break;
          case 'fill':
            who!.sink.hasRoom = false;
            break;
          case 'drain':
            drain(who!);
            break;
          case 'trim':
            log.trim(one.channel, Math.max(1, heads.get(one.channel)! - 5));
            break;
          case 'end':
            await log.drop(one.channel);
            heads.set(one.channel, 0);
            bus.publish('epochEnded', { channel: one.channel });
            break;
          default:
            await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }

      function drain({
        client: who,
        sink,
      }: {
        client: (typeof clients)[number]['client'];
        sink: RecordingSink;
      }): void {
        sink.hasRoom = true;
        hub.resume(who);
      }

      for (const made of clients) drain(made);
      await Promise.all(orders);
      // One more of each makes good what the bus lost last.
      for (const name of CHANNELS) bus.publish('publications', [kept(name)]);
      await settled(() =>
        clients.every(({ client: who, sink }) => {
          const positions = follow(sink.messages);
          return (
            positions.size === who.subscriptions.size &&
            [...positions].every(([name, position]) => position === heads.get(name))
          );
        }),
      );
      hub.close();
      expect(failures).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 120_000);

async function settled(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(holds()).toBe(true);
}
