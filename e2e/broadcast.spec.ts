import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

interface Wording {
  severity: 'Info' | 'Success' | 'Warning' | 'Critical';
  title: string;
  /** As the picker names them; typed until the list shows it. */
  to: string;
  acknowledge?: true;
}

/** Fills the composer and waits until the button says whom it would reach. */
async function compose(page: Page, { severity, title, to, acknowledge }: Wording): Promise<void> {
  await page.goto('/announce');
  await page.getByRole('radio', { name: severity }).check({ force: true });
  await page.getByLabel('Title').fill(title);
  const picker = page.getByLabel('To', { exact: true });
  await picker.fill(to);
  await page.getByRole('option', { name: to }).first().click();
  await page.keyboard.press('Escape');
  if (acknowledge) await page.getByText('I’ve read this').click();
}

/** Sends with the button that names the act; what may be undone is held for a few seconds first. */
async function send(page: Page, act: RegExp): Promise<void> {
  await page.getByRole('button', { name: act }).click();
}

const inFeed = (page: Page, title: string) =>
  page.getByRole('main').getByText(title, { exact: true }).first();

test('[TGT-1] [ANN-1] an announcement to everyone, a group or a person reaches those and nobody else', async ({
  addGroup,
  addPerson,
  signedIn,
}) => {
  const group = await addGroup('Night shift');
  await addPerson('Bruno Pires', 'viewer', [group]);
  await addPerson('Clara Duval', 'viewer');
  const ana = await signedIn('ana', '/announce');
  const bruno = await signedIn('bruno', '/feed');
  const clara = await signedIn('clara', '/feed');

  await compose(ana, { severity: 'Info', title: 'For the night shift', to: 'Night shift' });
  await send(ana, /^Send info to 1 person/);
  await expect(inFeed(bruno, 'For the night shift')).toBeVisible({ timeout: 20_000 });

  await compose(ana, { severity: 'Info', title: 'For Clara alone', to: 'Clara Duval' });
  await send(ana, /^Send info to 1 person/);
  await expect(inFeed(clara, 'For Clara alone')).toBeVisible({ timeout: 20_000 });

  // What comes last has overtaken nothing: whoever has it and not the others never got the others.
  await compose(ana, { severity: 'Info', title: 'For everybody', to: 'Everyone' });
  await send(ana, /^Send info to 3 people/);
  for (const page of [bruno, clara]) {
    await expect(inFeed(page, 'For everybody')).toBeVisible({ timeout: 20_000 });
  }
  await expect(inFeed(bruno, 'For Clara alone')).toHaveCount(0);
  await expect(inFeed(clara, 'For the night shift')).toHaveCount(0);
});

test('[ANN-3] the sender watches who has received, seen and acknowledged; one device answers for all', async ({
  addPerson,
  signedIn,
}) => {
  await addPerson('Bruno Pires', 'viewer');
  const ana = await signedIn('ana', '/announce');
  const desk = await signedIn('bruno', '/b/this-server');
  const phone = await signedIn('bruno', '/feed', { viewport: { width: 360, height: 780 } });

  await compose(ana, {
    severity: 'Critical',
    title: 'Clear the north quay now',
    to: 'Bruno Pires',
    acknowledge: true,
  });
  await send(ana, /^Send critical to 1 person/);
  const confirm = ana.getByRole('dialog');
  await expect(confirm).toContainText('Clear the north quay now');
  await confirm.getByRole('button', { name: /^Send critical to 1 person/ }).click();

  await expect(ana).toHaveURL(/\/announce\/(?!history)[^/]+$/);
  await expect(ana.getByText('of 1 have acknowledged')).toBeVisible();
  for (const page of [desk, phone]) {
    await expect(page.getByRole('alertdialog', { name: 'Clear the north quay now' })).toBeVisible();
  }
  await expect(ana.getByText('only seen').first()).toBeVisible();

  await desk.getByRole('alertdialog').getByRole('button', { name: 'I’ve read this' }).click();
  await expect(desk.getByRole('alertdialog')).toHaveCount(0);
  await expect(phone.getByRole('alertdialog')).toHaveCount(0);
  await expect(ana.getByText('Everybody has answered.')).toBeVisible();
});

test('[ANN-4] what is undone within the hold was never shown; what is retracted goes from every screen', async ({
  place,
  addPerson,
  signedIn,
}) => {
  await addPerson('Bruno Pires', 'viewer');
  const ana = await signedIn('ana', '/announce');
  const bruno = await signedIn('bruno', '/b/this-server');

  await compose(ana, { severity: 'Warning', title: 'Sent by mistake', to: 'Everyone' });
  await send(ana, /^Send warning to 2 people/);
  await ana.getByRole('button', { name: /^Undo/ }).click();
  await expect(ana.getByLabel('Title')).toHaveValue('Sent by mistake');

  const { id } = await place.api<{ id: string }>('POST', '/announcements', {
    severity: 'warning',
    title: 'Crane 3 is out of service',
    target: { everyone: true },
  });
  await expect(bruno.getByText('Crane 3 is out of service').first()).toBeVisible();
  await expect(bruno.getByText('Sent by mistake')).toHaveCount(0);

  await ana.goto(`/announce/${id}`);
  await ana.getByRole('button', { name: 'Retract', exact: true }).click();
  await ana
    .getByRole('dialog')
    .getByRole('button', { name: /^Retract/ })
    .click();
  await expect(bruno.getByRole('article').getByText('Crane 3 is out of service')).toHaveCount(0);
});
