import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Every page that somebody signed in can open, with what its first heading says. */
const PAGES: [path: string, heading: RegExp][] = [
  ['/b/this-server', /This server/],
  ['/b/this-server/edit', /This server/],
  ['/boards', /Boards/],
  ['/channels', /Sources/],
  ['/channels/system.host', /system\.host/],
  ['/channels/not.there.yet', /not\.there\.yet/],
  ['/feed', /Feed/],
  ['/announce', /announcement/],
  ['/announce/history', /nnounce/],
  ['/announce/:id', /Crane 3/],
  ['/connections', /Connections/],
  ['/people', /People/],
  ['/keys', /Sources/],
  ['/settings', /Settings/],
  ['/b/no-such-board', /board/i],
];

async function expectClean(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
  expect(found, where).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const [wide, room] = await page.evaluate(
    () => [document.documentElement.scrollWidth, window.innerWidth] as const,
  );
  expect(wide, `${where}: width of the page`).toBeLessThanOrEqual(room);
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`every page is clean for axe in the ${colorScheme} theme, and fits 360 px`, async ({
    place,
    addPerson,
    signedIn,
  }) => {
    test.setTimeout(180_000);
    await addPerson('Bruno Pires', 'viewer');
    await place.api('POST', '/groups', { name: 'Night shift' });
    await place.api('POST', '/keys', { name: 'pump house', scopes: ['publish:pumps.*'] });
    const { id } = await place.api<{ id: string }>('POST', '/announcements', {
      ...{ severity: 'warning', title: 'Crane 3 is out of service', body: 'Use **berth 5**.' },
      target: { everyone: true },
    });
    const page = await signedIn('ana', '/boards', { colorScheme });
    page.removeAllListeners('console'); // A board that is not there is a 404 in red.
    for (const [path, heading] of PAGES) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path.replace(':id', id));
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectClean(page, `${path}, ${colorScheme}`);
      await page.setViewportSize({ width: 360, height: 780 });
      await expectNoSidewaysScroll(page, path);
      await expectClean(page, `${path}, ${colorScheme}, 360 px`);
    }
  });

  test(`the doors are clean for axe in the ${colorScheme} theme, and fit 360 px`, async ({
    server,
    openBrowser,
  }) => {
    const page = await openBrowser({ colorScheme });
    for (const path of [server.setupUrl, '/signin', '/invite#token=none']) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectClean(page, `${path}, ${colorScheme}`);
      await page.setViewportSize({ width: 360, height: 780 });
      await expectNoSidewaysScroll(page, path);
    }
  });
}

test('the dialog that must be answered is clean for axe, and the keyboard alone answers it', async ({
  place,
  addPerson,
  signedIn,
}) => {
  await addPerson('Bruno Pires', 'viewer');
  const page = await signedIn('bruno', '/b/this-server');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await place.api('POST', '/announcements', {
    ...{ severity: 'critical', title: 'Clear the north quay now', target: { people: ['bruno'] } },
    acknowledge: { choices: [{ text: 'I am safe' }, { text: 'I need help', urgent: true }] },
  });
  const dialog = page.getByRole('alertdialog', { name: 'Clear the north quay now' });
  await expect(dialog).toBeVisible();
  await expectClean(page, 'dialog');
  await expect(dialog.getByRole('heading')).toBeFocused();
  const answer = dialog.getByRole('button', { name: 'I am safe' });
  await expect(answer).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(answer).toBeFocused();
  // A press in the first moments counts as a stray one, so it is repeated until it is taken.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test('the first stop of the keyboard leads past the navigation', async ({ place, signedIn }) => {
  expect(place.url).toBeTruthy();
  const page = await signedIn('ana', '/boards');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});
