import { expect, PASSPHRASE, test } from './fixtures.ts';

test('a stranger sets the place up with the printed link and lands on a live board', async ({
  server,
  openBrowser,
}) => {
  const page = await openBrowser();
  await page.goto(server.setupUrl);
  await expect(page, 'the token does not stay in the address bar').toHaveURL(/\/setup$/);
  await page.getByLabel('Name of this place').fill('Harbour Ops');
  await page.getByLabel('Your name').fill('Ana Nunes');
  await page.getByLabel('Sign-in name').fill('ana');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: /^Set up/ }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'This server' })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const cpu = page.getByRole('region', { name: 'CPU', exact: true });
  await expect(cpu).toContainText(/\d/);
});

test('[WHO-2] the set-up link works once; the next visitor is sent to the sign-in', async ({
  place,
  openBrowser,
}) => {
  const page = await openBrowser();
  await page.goto(place.setupUrl);
  await expect(page).toHaveURL(/\/signin/);
});

test('whoever signs in comes to where they wanted to go; a wrong passphrase says so and keeps the name', async ({
  place,
  openBrowser,
  addPerson,
}) => {
  expect(place.url).toBeTruthy();
  await addPerson('Bruno Pires', 'viewer');
  const page = await openBrowser();
  page.removeAllListeners('console'); // The browser writes each 401 in red.
  await page.goto('/feed');
  await expect(page).toHaveURL(/\/signin\?to=/);
  await page.getByLabel('Name', { exact: true }).fill('bruno');
  await page.getByLabel('Passphrase', { exact: true }).fill('not his passphrase');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('bruno');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/feed$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Feed' })).toBeVisible();
});
