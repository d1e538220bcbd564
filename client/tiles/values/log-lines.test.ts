import { expect, test } from 'vitest';
import { LINES_MAX, LogLines, shortNames } from './log-lines.ts';
import { FakeFeed } from './test-series.ts';

function logOf(...channels: string[]): { log: LogLines; feeds: FakeFeed[] } {
  const log = new LogLines(channels, { pointer: undefined, levelPointer: undefined });
  const feeds = channels.map((channel) => new FakeFeed(channel));
  for (const feed of feeds) feed.listen({ point: (point) => log.push(feed, point) });
  return { log, feeds };
}

test('lines of several channels stand in the order of their times', () => {
  const { log, feeds } = logOf('gate.log', 'crane.log');
  feeds[0]!.publish(2_000, 'second');
  feeds[1]!.publish(1_000, 'first');
  expect(log.lines().map((line) => `${line.source}: ${line.text}`)).toEqual(['crane: first', 'gate: second']);
});

test('the line and the level are found where they usually stand', () => {
  const { log, feeds } = logOf('app.log');
  feeds[0]!.publish(1_000, { level: 'ERROR', message: 'disk\n full' });
  feeds[0]!.publish(2_000, { level: 40, msg: 'slow' });
  feeds[0]!.publish(3_000, { temperature: 4 });
  expect(log.lines().map(({ level, text }) => [level, text])).toEqual([
    ['critical', 'disk full'],
    ['warning', 'slow'],
    ['info', '{"temperature":4}'],
  ]);
});

test('a log is bounded however much comes', () => {
  const { log, feeds } = logOf('app.log');
  for (let n = 0; n < LINES_MAX * 2; n++) feeds[0]!.publish(n, `line ${n}`);
  const lines = log.lines();
  expect(lines.length).toBeLessThanOrEqual(LINES_MAX + 500);
  expect(lines.at(-1)?.text).toBe(`line ${LINES_MAX * 2 - 1}`);
});

test('lines that are missing are said once, and what was recovered is not missing', () => {
  const { log, feeds } = logOf('gate.log', 'crane.log');
  const gap = { from: 10_000, to: 90_000, count: 0 } as const;
  for (const feed of feeds) {
    feed.missing = [
      { ...gap, kind: 'offline' },
      { from: 200_000, to: 210_000, kind: 'recovered', count: 3 },
    ];
    log.noteGaps(feed);
    log.noteGaps(feed);
  }
  expect(log.lines().map((line) => line.text)).toEqual(['lines may be missing, offline 1 min 20 s']);
});

test('names of channels are as short as tells them apart', () => {
  expect([...shortNames(['gate.a.log', 'crane.3.log']).values()]).toEqual(['gate a', 'crane 3']);
  expect([...shortNames(['hall.one', 'hall.two']).values()]).toEqual(['one', 'two']);
  expect([...shortNames(['system.events']).values()]).toEqual(['system events']);
});
