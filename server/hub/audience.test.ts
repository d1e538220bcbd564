import { expect, test } from 'vitest';
import { createClient } from '../test/recorder.ts';
import { Audience } from './audience.ts';
import type { Channel } from './channel.ts';

const channel = { name: 'a' } as Channel;

function createAudience(onFull: () => void = () => {}) {
  const delivered = { publications: 0 };
  const audience = new Audience([channel], {
    onFull,
    onDelivered: (publications) => {
      delivered.publications += publications;
    },
  });
  const publish = (offset: number): void => {
    const text = `{"type":"publication","channel":"a","offset":${offset},"time":1,"data":${offset}}`;
    audience.append({ text, channel, before: offset - 1, counts: true });
  };
  const join = () => {
    const made = createClient();
    audience.join(made.client);
    made.client.audience = audience;
    return made;
  };
  return { audience, publish, join, delivered };
}

function finish(work: Generator<void>): void {
  while (work.next().done !== true);
}

test('what is pending goes out as one frame, the same buffer to every member', () => {
  const { audience, publish, join, delivered } = createAudience();
  const [a, b] = [join(), join()];
  publish(1);
  publish(2);
  finish(audience.fanOut());
  expect(a.sink.offsets('a')).toEqual([1, 2]);
  expect(a.sink.frames).toHaveLength(1);
  expect(b.sink.frames[0]).toBe(a.sink.frames[0]);
  expect(delivered.publications).toBe(4);
  expect(audience.pending).toBe(false);
});

test('[ORD-2] a member that joins while a batch is pending gets only what comes after', () => {
  const { audience, publish, join } = createAudience();
  const early = join();
  publish(1);
  const late = join();
  publish(2);
  finish(audience.fanOut());
  expect(early.sink.offsets('a')).toEqual([1, 2]);
  expect(late.sink.offsets('a')).toEqual([2]);
});

test('[ORD-1] members that join, leave and are settled in the middle of a fan-out get exactly their share', () => {
  const { audience, publish, join } = createAudience();
  const [first, second, third, fourth] = [join(), join(), join(), join()];
  publish(1);
  const work = audience.fanOut();
  work.next();
  expect([first, second].map(({ sink }) => sink.offsets('a'))).toEqual([[1], []]);

  publish(2);
  const newcomer = join();
  audience.settle(second.client);
  expect(second.sink.offsets('a')).toEqual([1, 2]);
  audience.leave(third.client);
  publish(3);
  finish(work);
  expect(fourth.sink.offsets('a')).toEqual([1]);
  finish(audience.fanOut());

  expect(first.sink.offsets('a')).toEqual([1, 2, 3]);
  expect(second.sink.offsets('a')).toEqual([1, 2, 3]);
  expect(third.sink.offsets('a')).toEqual([]);
  expect(fourth.sink.offsets('a')).toEqual([1, 2, 3]);
  expect(newcomer.sink.offsets('a')).toEqual([3]);
});

test('[SLOW-1] a member without room is handed back, with its position before what it has not got', () => {
  const { audience, publish, join } = createAudience(() => {
    const positions = audience.positions(stuck.client);
    expect(positions.get(channel)).toBe(1);
    audience.leave(stuck.client);
  });
  const stuck = join();
  const other = join();
  publish(1);
  finish(audience.fanOut());
  stuck.sink.hasRoom = false;
  publish(2);
  publish(3);
  finish(audience.fanOut());
  expect(stuck.sink.offsets('a')).toEqual([1]);
  expect(other.sink.offsets('a')).toEqual([1, 2, 3]);
});

test('[REC-3] a large batch goes out in frames of bounded size', () => {
  const { audience, join } = createAudience();
  const { sink } = join();
  for (let offset = 1; offset <= 10; offset += 1) {
    const data = JSON.stringify('x'.repeat(100_000));
    const text = `{"type":"publication","channel":"a","offset":${offset},"time":1,"data":${data}}`;
    audience.append({ text, channel, before: offset - 1, counts: true });
  }
  finish(audience.fanOut());
  expect(sink.offsets('a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(sink.frames).toHaveLength(5);
  expect(Math.max(...sink.frames.map((frame) => frame.length))).toBeLessThanOrEqual(256 * 1024);
});

test('an audience without members keeps nothing', () => {
  const { audience, publish, join } = createAudience();
  const { client } = join();
  publish(1);
  audience.leave(client);
  expect(audience.pending).toBe(false);
});
