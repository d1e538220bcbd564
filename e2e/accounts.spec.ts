import { expect, PASSPHRASE, test } from './fixtures.ts';

test('an admin invites somebody, who chooses a passphrase and sees what their role may see', async ({
  place,
  signedIn,
  openBrowser,
}) => {
  expect(place.url).toBeTruthy();
  const ana = await signedIn('ana', '/people');
  await ana.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = ana.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Bruno Pires');
  await dialog.getByRole('button', { name: 'Invite Bruno Pires' }).click();
  const link = await dialog.getByText(/\/invite#token=/).innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const bruno = await openBrowser();
  const { pathname, hash } = new URL(link);
  await bruno.goto(`${pathname}${hash}`);
  await bruno.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await bruno.getByRole('button', { name: 'Choose it and go in' }).click();
  await expect(bruno.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(bruno.getByRole('link', { name: 'People' })).toHaveCount(0);
  await bruno.goto('/people');
  await expect(bruno.getByText('This page is for an admin; you are a viewer.')).toBeVisible();
  await expect(ana.getByRole('row', { name: /Bruno Pires/ })).toContainText('1 device');
});

test('a key made on the page is shown once and publishes what its scope allows', async ({
  place,
  signedIn,
}) => {
  const ana = await signedIn('ana', '/keys');
  await ana.getByRole('button', { name: 'New key' }).click();
  await ana.getByLabel('Used by').fill('pump-house');
  await ana.getByLabel('May publish to').fill('pumps.*');
  await ana.getByRole('button', { name: /^Make/ }).click();
  const key = /cbk_\S+/.exec(await ana.getByText(/^cbk_/).first().innerText())?.[0] ?? '';

  const publish = (channel: string) =>
    fetch(`${place.url}/api/v1/channels/${channel}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: '41.2',
    });
  expect((await publish('pumps.north')).status).toBe(200);
  expect((await publish('cranes.3')).status).toBe(403);
  await ana.reload();
  await expect(ana.getByText('pump-house').first()).toBeVisible();
  await expect(ana.getByText(key)).toHaveCount(0);
});

test('whoever is disconnected reads why, and comes back by their own act', async ({
  addPerson,
  signedIn,
}) => {
  await addPerson('Bruno Pires', 'viewer');
  const bruno = await signedIn('bruno', '/feed');
  const ana = await signedIn('ana', '/connections');
  await ana.getByRole('row').getByText('Bruno Pires').click();
  await ana.getByLabel(/^Disconnect, with a reason/).fill('moving you to the spare line');
  await ana.getByRole('button', { name: 'Disconnect', exact: true }).click();

  const pill = bruno.locator('header [data-state]').first();
  await expect(pill).toHaveAttribute('data-state', 'blocked');
  await expect(pill).toContainText('moving you to the spare line');
  await pill.getByRole('button', { name: 'Reconnect' }).click();
  await expect(pill).toHaveAttribute('data-state', 'live');
});
