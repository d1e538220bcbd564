import { expect, test } from 'vitest';
import { checkSetup, suggestLogin } from './setup-check.ts';

const complete = {
  token: 'K7RM',
  place: 'Harbour Ops',
  name: 'Ana Nunes',
  login: 'ana',
  password: 'tide gauge brass kettle',
};

test('a complete form has nothing to complain about', () => {
  expect(checkSetup(complete)).toEqual({});
});

test('each field says for itself what is wrong', () => {
  const errors = checkSetup({ token: ' ', place: ' ', name: '', login: 'Ana N', password: 'short' });
  expect(Object.keys(errors).sort()).toEqual(['login', 'name', 'password', 'place', 'token']);
  expect(checkSetup({ ...complete, login: '' })).toEqual({ login: 'Choose a name.' });
});

test('a passphrase is measured in characters, not in code units', () => {
  expect(checkSetup({ ...complete, password: '🦀'.repeat(11) }).password).toBeDefined();
  expect(checkSetup({ ...complete, password: 'a'.repeat(12) })).toEqual({});
});

test('the sign-in name follows the first name', () => {
  expect(suggestLogin('Ana Nunes')).toBe('ana');
  expect(suggestLogin(' João ')).toBe('joao');
  expect(suggestLogin('王')).toBe('');
});
