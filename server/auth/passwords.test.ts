import { expect, test } from 'vitest';
import { Passwords } from './passwords.ts';

test('a password is kept as argon2id with the cost that OWASP names, salted', async () => {
  const passwords = new Passwords();
  const [one, two] = [await passwords.hash('tide gauge'), await passwords.hash('tide gauge')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.verify(one, 'tide gauge')).toBe(true);
  expect(await passwords.verify(one, 'tide gauge ')).toBe(false);
});

test('long passwords are compared to their end, whatever their letters', async () => {
  const passwords = new Passwords();
  const long = 'ü'.repeat(255);
  const kept = await passwords.hash(`${long}a`);
  expect(await passwords.verify(kept, `${long}a`)).toBe(true);
  expect(await passwords.verify(kept, `${long}b`)).toBe(false);
});

test('where there is nothing to compare with, it is wrong, and takes a hash all the same', async () => {
  const passwords = new Passwords();
  const kept = await passwords.hash('tide gauge');
  const time = async (hash: string | undefined): Promise<number> => {
    const startedAt = performance.now();
    for (let n = 0; n < 5; n++) expect(await passwords.verify(hash, 'wrong')).toBe(false);
    return performance.now() - startedAt;
  };
  const [nobody, somebody] = [await time(undefined), await time(kept)];
  expect(nobody).toBeGreaterThan(somebody / 10);
});

test('fifty wait for their turn, the next ones are refused at once', async () => {
  const passwords = new Passwords();
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('tide gauge')));
  const refused = outcomes.filter((one) => one.status === 'rejected');
  expect(refused).toHaveLength(6);
  expect(refused[0]?.reason).toMatchObject({ error: 'overloaded' });
  expect(await passwords.hash('afterwards')).toContain('argon2id');
});
