import { expect, test } from 'vitest';
import { reachOf } from './reach.ts';
import { Screen } from './test-place.ts';

const person = (id: string, groups: string[], disabled = false) => ({
  id,
  login: id,
  name: id.toUpperCase(),
  groups,
  disabled,
});
const people = [
  person('ana', ['docks', 'gates']),
  person('bob', ['docks']),
  person('carol', ['gates']),
  person('dan', ['docks'], true),
];
const screen = (id: string, owner: string, kind: 'person' | 'key', board?: string, tags: string[] = []) => {
  const account = { id: owner, kind, name: owner, role: 'viewer', groups: [] } as const;
  const made = new Screen(id, account, { tags });
  made.board = board;
  return made;
};
const surroundings = {
  people,
  groups: [
    { id: 'docks', name: 'Dock crews' },
    { id: 'gates', name: 'Gates' },
  ],
  boards: [{ id: 'quay', name: 'North quay' }],
  clients: [
    screen('1', 'ana', 'person'),
    screen('2', 'ana', 'person', 'quay'),
    screen('3', 'carol', 'person', undefined, ['hall-2']),
    screen('4', 'key:tv', 'key', 'quay'),
    screen('5', 'key:meter', 'key'),
  ],
};

test('[ANN-2] everyone: people on their devices, who is offline, who cannot be reached, and screens', () => {
  expect(reachOf({ everyone: true }, surroundings)).toEqual({
    people: 3,
    online: 2,
    devices: 3,
    offline: 1,
    unreachable: 1,
    screens: 2,
    overlap: 0,
    parts: [{ kind: 'everyone', id: 'everyone', name: 'Everyone', people: 3, online: 2 }],
    names: { online: ['ANA', 'CAROL'], offline: ['BOB'], unreachable: ['DAN'] },
  });
});

test('[ANN-2] people whom several parts name are counted once, and the overlap is said', () => {
  const reach = reachOf({ groups: ['docks', 'gates'], people: ['bob'] }, surroundings);
  expect(reach).toMatchObject({ people: 3, overlap: 2, screens: 0 });
  expect(reach.parts).toEqual([
    { kind: 'group', id: 'docks', name: 'Dock crews', people: 2, online: 1 },
    { kind: 'group', id: 'gates', name: 'Gates', people: 2, online: 2 },
    { kind: 'person', id: 'bob', name: 'BOB', people: 1, online: 0 },
  ]);
});

test('[ANN-2] a board reaches people and screens that have it open, a tag likewise', () => {
  expect(reachOf({ boards: ['quay'] }, surroundings)).toMatchObject({ people: 1, devices: 2, screens: 1 });
  expect(reachOf({ tags: ['hall-2'] }, surroundings)).toMatchObject({
    people: 1,
    screens: 0,
    parts: [{ kind: 'tag', id: 'hall-2', people: 1, online: 1 }],
  });
});

test('who is excepted counts nowhere', () => {
  const reach = reachOf({ everyone: true, except: { people: ['dan'], groups: ['gates'] } }, surroundings);
  expect(reach).toMatchObject({ people: 1, online: 0, unreachable: 0, names: { offline: ['BOB'] } });
});
