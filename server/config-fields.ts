import { z } from 'zod';

/** Exit code of a bad configuration: EX_CONFIG of sysexits.h. */
export const EXIT_CONFIG = 78;

/** A configuration the server cannot start with; the message is one sentence for the person who starts it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Names whose values never appear in a message. */
const SECRET = /KEY|SECRET|TOKEN/;

/** Turns the first finding into a sentence: variable, value, what would be right. */
export function configError(error: z.ZodError, given: Readonly<Record<string, string>>): ConfigError {
  const [found] = error.issues;
  const name = String(found?.path[0] ?? 'The environment');
  const value = given[name] ?? '';
  if (found?.code === 'custom' && found.params?.later)
    return new ConfigError(`${name} is set, but ${found.message}.`);
  const shown = SECRET.test(name) ? `a secret of ${value.length} characters` : `"${value}"`;
  return new ConfigError(`${name} is ${shown}, but must be ${found?.message}.`);
}

export const text = z.string();

function number(value: string, unit = 1): number {
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * unit : Number.NaN;
}

function within(min: number, max: number, whole: boolean, right: string, read: (value: string) => number) {
  return z.string().transform((value, context) => {
    const found = read(value);
    if (found >= min && found <= max && (!whole || Number.isInteger(found))) return found;
    context.addIssue(right);
    return z.NEVER;
  });
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number) {
  return within(min, max, true, `a whole number from ${min} to ${max}`, number);
}

/** A number from `min` to `max`, fractions allowed. */
export function quantity(min: number, max: number) {
  return within(min, max, false, `a number from ${min} to ${max}`, number);
}

const units: Record<string, number> = { '': 1, B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes: `1048576`, `1M`, `1MiB` and `1MB` are all the same. */
export function size(min: number, max = 2 ** 50) {
  return within(min, max, true, `a number of bytes from ${min} to ${max}, also as 64MiB or 2GiB`, (value) => {
    const [, figure = '', letter = ''] = /^([\d.]+)\s*([KMGT]?)(?:i?B)?$/i.exec(value) ?? [];
    return number(figure, units[letter.toUpperCase()]);
  });
}

export const flag = z.string().transform((value, context) => {
  if (/^(?:1|true|yes|on)$/i.test(value)) return true;
  if (/^(?:0|false|no|off)$/i.test(value)) return false;
  context.addIssue('1 or 0 (also on, off, true, false, yes, no)');
  return z.NEVER;
});

/** A secret of at least `min` characters, without blanks: it has to fit into a header. */
export function secret(min: number) {
  return z
    .string()
    .regex(new RegExp(`^[\\x21-\\x7e]{${min},}$`), `at least ${min} characters, without blanks or accents`);
}

/** Parts between commas; empty ones are left out. */
export function list(part: z.ZodType<string>) {
  return z.string().transform((value, context): readonly string[] => {
    const parts = value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    for (const one of parts) {
      const checked = part.safeParse(one);
      if (checked.success) continue;
      context.addIssue(`${checked.error.issues[0]?.message}, more of them separated by commas`);
      return z.NEVER;
    }
    return Object.freeze(parts.map((one) => one.toLowerCase()));
  });
}

const HOST = String.raw`(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]`;

/** `https://app.example.com`, `https://*.example.com:8443`, or `*.example.com` for both schemes. */
export const originPattern = z
  .string()
  .regex(
    new RegExp(`^(?:https?://)?(?:${HOST})(?::\\d{1,5})?$`, 'i'),
    'an origin (https://app.example.com, *.example.com)',
  );

/** A host name without a port; `*.example.com` covers every name below it, `*` all names. */
export const hostPattern = z
  .string()
  .regex(new RegExp(`^(?:\\*|${HOST})$`, 'i'), 'a host name (board.example.com, *.example.com)');

/** What the contract names and this version does not have: said at the start, not silently ignored. */
export function laterVersion(what: string) {
  return z
    .string()
    .refine(() => false, {
      message: `${what} is not in this version yet; unset it to start`,
      params: { later: true },
    })
    .optional();
}
