import type { SetupRequest } from '../../shared/api/accounts.ts';
import { login as loginSchema } from '../../shared/domain/account.ts';
import { slugify } from '../../shared/domain/ids.ts';
import { PASSWORD_MIN } from '../../shared/limits.ts';

export type SetupErrors = Partial<Record<keyof SetupRequest, string>>;

/** What is still missing or wrong, in words, for each field that is. */
export function checkSetup(request: SetupRequest): SetupErrors {
  const errors: SetupErrors = {};
  if (request.place.trim() === '') errors.place = 'Give this place a name.';
  if (request.name.trim() === '') errors.name = 'Say who you are.';
  if (request.login === '') errors.login = 'Choose a name.';
  else if (!loginSchema.safeParse(request.login).success)
    errors.login = 'Small letters, digits and . _ @ + - only.';
  if ([...request.password].length < PASSWORD_MIN)
    errors.password = `A passphrase has at least ${PASSWORD_MIN} characters.`;
  if (request.token.trim() === '') errors.token = 'It stands at the end of the link that the server printed.';
  return errors;
}

/** A sign-in name made of a person's first name: `Ana Nunes` signs in as `ana`. */
export function suggestLogin(name: string): string {
  return slugify(name.trim().split(/\s+/)[0] ?? '', '');
}
