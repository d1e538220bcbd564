import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { TestServer } from './server.ts';

const CHANNEL = 'away.values';
const board = {
  name: 'Away',
  tiles: [
    {
      ...{ type: 'chart', id: 'chart', title: 'Values', x: 0, y: 0, w: 16, h: 8 },
      series: [{ channel: CHANNEL, pointer: '/value' }],
    },
    {
      ...{ type: 'gauge', id: 'level', title: 'Level', x: 16, y: 0, w: 8, h: 5, min: 0, max: 100 },
      series: { channel: CHANNEL, pointer: '/value' },
      thresholds: [{ when: 'above', value: 80, severity: 'warning' }],
    },
  ],
};

const pillOf = (page: Page) => page.locator('header [data-state]').first();
const tile = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Says something every half second until it is told to stop. */
function speak(place: TestServer, value: () => number): () => Promise<void> {
  let on = true;
  const talking = (async () => {
    while (on) {
      await place.publish(CHANNEL, { value: value() }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return () => {
    on = false;
    return talking;
  };
}

/** From here on the page believes what this says of its visibility. */
async function fakeVisibility(page: Page): Promise<(state: 'hidden' | 'visible') => Promise<void>> {
  return (state) =>
    page.evaluate((next) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => next });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
}

test('[P28] a frozen server is told within 40 s, a killed one within 5 s, and no tile looks live', async ({
  place,
  signedIn,
  allowLostConnection,
}) => {
  test.slow();
  await place.api('POST', '/boards', board);
  await place.kill();
  await place.start({ HEARTBEAT_MS: '5000' });
  const stop = speak(place, () => 40);
  const page = await signedIn('ana', '/b/away');
  const level = tile(page, 'Level');
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live');
  await expect(level).toHaveAttribute('data-staleness', 'fresh');

  allowLostConnection();
  place.freeze();
  const frozenAt = Date.now();
  await expect(level).not.toHaveAttribute('data-staleness', 'fresh', { timeout: 40_000 });
  await expect(level).toHaveAttribute('data-staleness', 'unknown', { timeout: 40_000 });
  expect(Date.now() - frozenAt).toBeLessThan(40_000);
  await expect(level.locator('[data-age]')).toContainText('as of');
  await expect(pillOf(page)).toContainText('Offline');

  place.thaw();
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
  await expect(level).toHaveAttribute('data-staleness', 'fresh');

  const killedAt = Date.now();
  await place.kill();
  await expect(level).toHaveAttribute('data-staleness', 'unknown', { timeout: 5_000 });
  expect(Date.now() - killedAt).toBeLessThan(5_000);
  await stop();
});

test('hidden for long the page leaves, and says what happened when it is looked at again', async ({
  place,
  signedIn,
}) => {
  await place.api('POST', '/boards', board);
  for (const value of [38, 39, 40]) await place.publish(CHANNEL, { value });
  const page = await signedIn('ana', '/nothing');
  // Its own clock makes five minutes short; time goes on by itself from there.
  await page.clock.install();
  await page.goto('/b/away');
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live');
  await expect(tile(page, 'Level')).toContainText('40');

  const show = await fakeVisibility(page);
  await show('hidden');
  const painted = await page.evaluate(() => {
    const real = window.requestAnimationFrame;
    const counter = { frames: 0 };
    window.requestAnimationFrame = (run) => {
      counter.frames += 1;
      return real(run);
    };
    Object.assign(window, { counter });
    return true;
  });
  expect(painted).toBe(true);
  for (const value of [41, 42, 43]) await place.publish(CHANNEL, { value });
  await page.clock.fastForward(5 * 60_000 + 1_000);
  await expect(pillOf(page)).toHaveAttribute('data-state', 'idle');
  await expect
    .poll(async () => (await place.api<{ connections: unknown[] }>('GET', '/connections')).connections.length)
    .toBe(0);
  expect(
    await page.evaluate(() => (window as unknown as { counter: { frames: number } }).counter.frames),
  ).toBe(0);

  for (const value of [60, 70, 90]) await place.publish(CHANNEL, { value });
  await place.api('POST', '/announcements', {
    severity: 'info',
    title: 'Berth 5 is free again',
    target: { everyone: true },
  });
  await page.clock.fastForward(7 * 60_000);
  await show('visible');
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live');
  const strip = page.getByRole('region', { name: 'While you were away' });
  await expect(strip).toContainText('While you were away, 12 min');
  await expect(strip).toContainText('1 info');
  await expect(strip).toContainText('Level passed a limit');
  await expect(strip).toContainText('nothing is missing');
  await expect(tile(page, 'Level')).toContainText('90');
  await strip.getByRole('button', { name: 'Show' }).click();
  await expect(strip.getByRole('link', { name: 'Berth 5 is free again' })).toBeVisible();
  await strip.getByRole('button', { name: 'Dismiss' }).click();
  await expect(strip).toHaveCount(0);
});

test('[T145] an outage is hatched on the chart and named in its table, with what came back', async ({
  place,
  signedIn,
  allowLostConnection,
}) => {
  await place.api('POST', '/boards', board);
  const stop = speak(place, () => 40);
  const page = await signedIn('ana', '/b/away');
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live');
  const chart = tile(page, 'Values').getByRole('application');
  await expect(tile(page, 'Level')).toHaveAttribute('data-staleness', 'fresh');

  allowLostConnection();
  await place.kill();
  await chart.press('t');
  await expect(tile(page, 'Values').getByRole('table')).toContainText(/offline \d+ s/);

  await place.start();
  await place.publish(CHANNEL, { value: 41 });
  await expect(pillOf(page)).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
  await expect(tile(page, 'Values').getByRole('table')).toContainText(/recovered \d+ points/);
  await tile(page, 'Values').getByRole('button', { name: 'Show the chart' }).click();
  await stop();
});
