import { expect, test } from 'vitest';
import { LiveSeries } from './live-series.ts';
import { FakeFeed } from './test-series.ts';

const series = { channel: 'pumps.north', pointer: '/flow' };

test('a series opens full: what the feed holds is there before anything comes', () => {
  const feed = new FakeFeed();
  feed.publish(1_000, { flow: 4 });
  feed.publish(2_000, { flow: 5 });
  const live = new LiveSeries(feed, series, 900_000, () => {});
  expect([...live.view().values]).toEqual([4, 5]);
  expect(live.latest).toEqual({ time: 2_000, value: 5 });
});

test('each value marks the tile, and the newest is known whatever its type', () => {
  const feed = new FakeFeed();
  let marks = 0;
  const live = new LiveSeries(feed, series, 900_000, () => marks++);
  feed.publish(1_000, { flow: 4 });
  feed.publish(2_000, { flow: 'blocked' });
  expect(marks).toBe(2);
  expect(live.latest?.value).toBe('blocked');
  expect(live.last?.value).toBe(4);
});

test('a silence longer than usual interrupts the line', () => {
  const feed = new FakeFeed();
  feed.state = { phase: 'live', received: 0, intervalMs: 1_000 };
  const live = new LiveSeries(feed, series, 900_000, () => {});
  feed.publish(1_000, { flow: 1 });
  feed.publish(2_000, { flow: 2 });
  feed.publish(60_000, { flow: 3 });
  expect(live.view().breaks).toEqual([[2_000, 60_000]]);
});

test('a gap that was not filled interrupts the line however short it is', () => {
  const feed = new FakeFeed();
  const live = new LiveSeries(feed, series, 900_000, () => {});
  feed.publish(1_000, { flow: 1 });
  feed.missing = [{ from: 1_000, to: 2_500, kind: 'lost', count: 1 }];
  feed.publish(3_000, { flow: 3 });
  expect(live.view().breaks).toEqual([[1_000, 3_000]]);
});

test('thinned history keeps its extremes, the nearer one first', () => {
  const feed = new FakeFeed();
  feed.thinned = [
    { from: 0, to: 4_000, count: 4, fields: { '/flow': [1, 9, 8] } },
    { from: 4_000, to: 8_000, count: 4, fields: { '/flow': [2, 9, 3] } },
  ];
  const live = new LiveSeries(feed, series, 900_000, () => {});
  expect([...live.view().values]).toEqual([1, 9, 8, 9, 2, 3]);
});

test('a fast channel gets the room that its window needs', () => {
  const feed = new FakeFeed();
  const live = new LiveSeries(feed, series, 900_000, () => {});
  for (let n = 0; n < 3_000; n++) feed.publish(n * 10, { flow: n });
  expect(live.view().times).toHaveLength(3_000);
});
