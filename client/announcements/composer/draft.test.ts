import { expect, test } from 'vitest';
import {
  type AudiencePart,
  contentOf,
  type Draft,
  emptyDraft,
  expiresAt,
  faultsOf,
  pickParts,
  targetOf,
} from './draft.ts';

const everyone: AudiencePart = { kind: 'everyone', id: 'everyone', name: 'Everyone' };
const quay: AudiencePart = { kind: 'group', id: 'north-quay', name: 'North quay' };
const rui: AudiencePart = { kind: 'person', id: 'p1', name: 'Rui' };
const gates: AudiencePart = { kind: 'board', id: 'b1', name: 'Gates' };
const HOUR = 3_600_000;

const ready = (part: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  title: 'Fuel leak',
  to: [quay],
  ...part,
});

test('chips become a target of the contract', () => {
  expect(targetOf({ to: [quay, rui, gates], except: [rui] })).toEqual({
    groups: ['north-quay'],
    people: ['p1'],
    boards: ['b1'],
    except: { people: ['p1'] },
  });
  expect(targetOf({ to: [everyone], except: [quay] })).toEqual({
    everyone: true,
    except: { groups: ['north-quay'] },
  });
  expect(targetOf({ to: [], except: [quay] })).toBeUndefined();
});

test('everyone stands alone: of it and the rest the one picked last wins', () => {
  expect(pickParts([quay], [quay, everyone])).toEqual([everyone]);
  expect(pickParts([everyone], [everyone, quay])).toEqual([quay]);
  expect(pickParts([quay], [quay, rui])).toEqual([quay, rui]);
});

test('how long it lasts follows the severity until the sender says otherwise', () => {
  expect(expiresAt(ready({ severity: 'info' }), 0)).toBe(24 * HOUR);
  expect(expiresAt(ready({ severity: 'warning' }), 0)).toBe(8 * HOUR);
  expect(expiresAt(ready({ severity: 'critical' }), 0)).toBeUndefined();
  expect(expiresAt(ready({ severity: 'critical', lifetime: 60 }), 0)).toBe(HOUR);
  expect(expiresAt(ready({ severity: 'info', lifetime: 'resolve' }), 0)).toBeUndefined();
});

test('a finished draft is an announcement of the contract, with whole times', () => {
  const content = contentOf(
    ready({
      severity: 'critical',
      answer: 'choices',
      choices: [{ text: 'Safe' }, { text: 'Help', urgent: true }],
      lateMinutes: 5,
    }),
    1_000.4,
  );
  expect(content).toEqual({
    severity: 'critical',
    title: 'Fuel leak',
    body: '',
    target: { groups: ['north-quay'] },
    acknowledge: { choices: [{ text: 'Safe' }, { text: 'Help', urgent: true }], lateAt: 301_000 },
    surfaces: { dialog: true, sound: true },
  });
});

test('what is missing or wrong is said, and keeps it from being sent', () => {
  expect(faultsOf(emptyDraft())).toMatchObject({ title: expect.any(String), to: expect.any(String) });
  expect(faultsOf(ready({ title: 'x'.repeat(91) })).title).toBe('The title is too long by 1.');
  expect(faultsOf(ready({ answer: 'choices', choices: [{ text: 'Safe' }] })).choices).toBeDefined();
  expect(
    faultsOf(ready({ answer: 'choices', choices: [{ text: 'A' }, { text: 'A' }] })).choices,
  ).toBeDefined();
  expect(faultsOf(ready())).toEqual({});
  expect(contentOf(emptyDraft(), 0)).toBeUndefined();
});
