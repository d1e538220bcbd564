import { expect, test } from './fixtures.ts';

test('an operator adds a tile, moves and resizes it by keyboard, saves, and it is live', async ({
  place,
  addPerson,
  signedIn,
}) => {
  await addPerson('Olga Berg', 'operator');
  await place.publish('pumps.north', { pressure: 4.2 });
  await place.api('POST', '/boards', { name: 'Pumps', tiles: [] });
  const page = await signedIn('olga', '/b/pumps/edit');

  await page.getByRole('button', { name: 'Add a tile' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a tile' });
  await dialog.getByRole('combobox', { name: 'Channel' }).fill('pumps.north');
  await dialog.getByRole('option', { name: /pumps\.north/ }).click();
  await expect(dialog.getByText('/pressure'), 'what the channel sends').toBeVisible();
  await dialog.getByRole('button', { name: 'Add number' }).click();

  const tile = page.getByRole('group', { name: /, number, column 1, row 1/ });
  await tile.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: /, number, column 2, row 1/ })).toBeVisible();
  await page.getByLabel('Title').fill('Pressure');
  await page.getByRole('button', { name: /^Save/ }).click();

  await expect(page).toHaveURL(/\/b\/pumps(?:\?|$)/);
  const shown = page.getByRole('region', { name: 'Pressure' });
  await expect(shown).toContainText('4.2');
  await place.publish('pumps.north', { pressure: 5.5 });
  await expect(shown).toContainText('5.5');
  const board = await place.api<{ tiles: { x: number; y: number }[] }>('GET', '/boards/pumps');
  expect(board.tiles).toMatchObject([{ x: 1, y: 0 }]);
});

test('[LST-1] two who edit the same board are told, and nothing is lost without a choice', async ({
  place,
  signedIn,
}) => {
  const { id } = await place.api<{ id: string }>('POST', '/boards', { name: 'Pumps', tiles: [] });
  const ana = await signedIn('ana', '/b/pumps/edit');
  ana.removeAllListeners('console'); // The refused save is a 412 in red.
  await ana.getByLabel('Name of the board').fill('Pumps of the north');
  await place.api('PATCH', `/boards/${id}`, { name: 'Pumps and valves' });
  await ana.getByRole('button', { name: /^Save/ }).click();
  const dialog = ana.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Load theirs, drop mine' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Save mine over theirs' }).click();
  await expect(ana).toHaveURL(/\/b\//);
  await expect
    .poll(async () => (await place.api<{ name: string }>('GET', `/boards/${id}`)).name)
    .toBe('Pumps of the north');
});
