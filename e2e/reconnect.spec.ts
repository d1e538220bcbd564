import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const CHANNEL = 'story.values';
/** One row of the chart's table each, so that a missing one is seen. */
const STEP_MS = 20_000;

const board = {
  name: 'Story',
  tiles: [
    {
      type: 'chart',
      id: 'chart',
      title: 'Values',
      x: 0,
      y: 0,
      w: 16,
      h: 8,
      series: [{ channel: CHANNEL, pointer: '/value' }],
    },
    {
      type: 'log',
      id: 'log',
      title: 'Lines',
      x: 16,
      y: 0,
      w: 8,
      h: 12,
      channels: [CHANNEL],
      pointer: '/line',
    },
  ],
};

const valuesOf = (count: number, from = 1): number[] => Array.from({ length: count }, (_, at) => from + at);

/** What the log tile says, line by line. */
const lines = (page: Page) => page.getByRole('log').getByText(/line \d+ of the story/);

/** Values of the chart's data table, oldest first. */
async function charted(page: Page): Promise<number[]> {
  const table = page.getByRole('region', { name: 'Values' }).getByRole('table');
  if (!(await table.isVisible())) {
    await page.getByRole('region', { name: 'Values' }).getByRole('application').press('t');
  }
  const cells = await table.locator('tbody tr td:nth-child(2)').allInnerTexts();
  return cells
    .map(Number)
    .filter((value) => value > 0)
    .reverse();
}

test('[REC-1] [REC-3] killed and restarted, the server finds its viewers back by themselves, with no hole', async ({
  place,
  signedIn,
  allowLostConnection,
}) => {
  await place.api('POST', '/boards', board);
  const start = Date.now() - 20 * STEP_MS;
  const publish = (value: number) =>
    place.api('POST', '/publish', {
      channel: CHANNEL,
      time: start + value * STEP_MS,
      data: { value, line: `line ${value} of the story` },
    });
  for (const value of valuesOf(6)) await publish(value);

  const page = await signedIn('ana', '/b/story');
  const pill = page.locator('header [data-state]').first();
  await expect(lines(page)).toHaveCount(6);
  await expect(pill).toHaveAttribute('data-state', 'live');

  allowLostConnection();
  await place.kill();
  await expect(pill).toHaveAttribute('data-state', /offline|connecting/);
  await expect(pill).toContainText('Offline');

  await place.start();
  for (const value of valuesOf(6, 7)) await publish(value);
  await expect(pill).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
  await expect(lines(page)).toHaveCount(12);
  expect(await lines(page).allInnerTexts()).toEqual(
    valuesOf(12).map((value) => `line ${value} of the story`),
  );
  await expect.poll(() => charted(page)).toEqual(valuesOf(12));
});

test('after a reload the charts are full within one round trip', async ({ place, signedIn }) => {
  await place.api('POST', '/boards', board);
  const start = Date.now() - 20 * STEP_MS;
  for (const value of valuesOf(12)) {
    await place.api('POST', '/publish', {
      channel: CHANNEL,
      time: start + value * STEP_MS,
      data: { value, line: `line ${value} of the story` },
    });
  }
  const page = await signedIn('ana', '/b/story');
  await expect(lines(page)).toHaveCount(12);

  const answered = page.waitForEvent('websocket').then(
    (socket) =>
      new Promise<number>((resolve) => {
        socket.on('framereceived', ({ payload }) => {
          const parsed = JSON.parse(String(payload)) as unknown;
          for (const message of Array.isArray(parsed) ? parsed : [parsed]) {
            if (message.type === 'subscribed' && message.channel === CHANNEL)
              resolve(message.publications.length);
          }
        });
      }),
  );
  await page.reload();
  expect(await answered, 'publications in the answer to subscribe').toBe(12);
  await expect.poll(() => charted(page)).toEqual(valuesOf(12));
});
