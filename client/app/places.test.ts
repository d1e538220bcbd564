import { expect, test } from 'vitest';
import { holdsPage, places, placesFor } from './places.ts';

const labels = (pathname: string): string[] =>
  places.filter((place) => holdsPage(place, pathname)).map((place) => place.label);

test('every page belongs to one place of the navigation', () => {
  expect(labels('/boards')).toEqual(['Boards']);
  expect(labels('/b/harbour/edit')).toEqual(['Boards']);
  expect(labels('/announce/history')).toEqual(['Announce']);
  expect(labels('/channels/system.host')).toEqual(['Sources']);
  expect(labels('/keys')).toEqual(['Sources']);
  expect(labels('/settings')).toEqual([]);
  expect(labels('/feedback')).toEqual([]);
});

test('a person sees only the places that their role opens', () => {
  expect(placesFor('viewer').map((place) => place.label)).toEqual(['Boards', 'Feed', 'Sources']);
  expect(placesFor('announcer').map((place) => place.label)).toContain('Announce');
  expect(placesFor('admin')).toHaveLength(places.length);
});
