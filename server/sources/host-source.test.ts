import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { coreCount, HostSource } from './host-source.ts';

test('the first reading has nothing to compare with', async () => {
  expect(await new HostSource(tmpdir()).read()).toBeUndefined();
});

test('figures of this machine are of this machine', async () => {
  let now = 0;
  const source = new HostSource(tmpdir(), () => now);
  await source.read();
  // Something to measure: the counters move in hundredths of a second.
  const until = performance.now() + 100;
  while (performance.now() < until);
  now += 1_000;
  const figures = await source.read();
  if (!figures) throw new Error('no figures');
  expect(figures.cpu.cores.length).toBeGreaterThanOrEqual(coreCount());
  for (const share of [
    figures.cpu.percent,
    ...figures.cpu.cores,
    figures.memory.percent,
    figures.disk.percent,
  ]) {
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(100);
  }
  expect(figures.cpu.percent).toBeGreaterThan(0);
  expect(figures.memory.usedBytes).toBeLessThan(figures.memory.totalBytes);
  expect(figures.disk.usedBytes).toBeLessThanOrEqual(figures.disk.totalBytes);
  expect(figures.uptimeSeconds).toBeGreaterThan(0);
  expect(figures.node).not.toBe('');
});
