import { z } from 'zod';
import {
  type AnnouncementContent,
  ackAnswer,
  announcementContent,
  type Severity,
  severity,
  type Target,
} from '../../../shared/domain/announcement.ts';
import { BODY_MAX, TITLE_MAX } from '../../../shared/limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** At most so many answers to choose from; more than a thumb can tell apart. */
export const CHOICES_MAX = 5;

/** One part of an audience, as a chip shows it. */
export const audiencePart = z.object({
  kind: z.enum(['everyone', 'group', 'person', 'board']),
  id: z.string(),
  name: z.string(),
});
export type AudiencePart = z.infer<typeof audiencePart>;

/** `resolve`: until the sender ends it. A number: so many minutes from the sending. `usual`: as the severity has it. */
const lifetime = z.union([z.literal('usual'), z.literal('resolve'), z.number()]);
export type Lifetime = z.infer<typeof lifetime>;

/** What the form holds; kept in the browser until it is sent, so that a reload loses nothing. */
export const draft = z.object({
  severity,
  title: z.string(),
  body: z.string(),
  to: z.array(audiencePart),
  except: z.array(audiencePart),
  answer: z.enum(['none', 'read', 'choices']),
  choices: z.array(z.object({ text: z.string(), urgent: z.literal(true).optional() })),
  lateMinutes: z.number().optional(),
  lifetime,
  nextUpdateMinutes: z.number().optional(),
  /** Undefined follows from severity and answer. */
  dialog: z.boolean().optional(),
  sound: z.boolean().optional(),
  drill: z.boolean(),
});
export type Draft = z.infer<typeof draft>;

export function emptyDraft(): Draft {
  return {
    severity: 'info',
    title: '',
    body: '',
    to: [],
    except: [],
    answer: 'none',
    choices: [],
    lifetime: 'usual',
    drill: false,
  };
}

export function isEmpty(one: Draft): boolean {
  return one.title.trim() === '' && one.body.trim() === '' && one.to.length === 0;
}

/** How long each severity stays in force where the sender says nothing; critical stays until it is resolved. */
export const usualLifetime: Record<Severity, number | undefined> = {
  info: 24 * HOUR,
  success: 24 * HOUR,
  warning: 8 * HOUR,
  critical: undefined,
};

/** When it will run out, in ms, or undefined: until it is resolved. */
export function expiresAt(one: Draft, now: number): number | undefined {
  if (one.lifetime === 'resolve') return undefined;
  const span = one.lifetime === 'usual' ? usualLifetime[one.severity] : one.lifetime * MINUTE;
  return span === undefined ? undefined : now + span;
}

export function showsDialog(one: Draft): boolean {
  return one.dialog ?? one.answer !== 'none';
}

export function makesSound(one: Draft): boolean {
  return one.sound ?? one.severity !== 'info';
}

const idsOf = (parts: readonly AudiencePart[], kind: AudiencePart['kind']): string[] =>
  parts.filter((part) => part.kind === kind).map((part) => part.id);

const some = <K extends string>(key: K, ids: string[]): Partial<Record<K, string[]>> =>
  ids.length === 0 ? {} : ({ [key]: ids } as Record<K, string[]>);

/** The chips as a target of the contract; undefined while nobody is named. */
export function targetOf({ to, except }: Pick<Draft, 'to' | 'except'>): Target | undefined {
  if (to.length === 0) return undefined;
  const left = { ...some('groups', idsOf(except, 'group')), ...some('people', idsOf(except, 'person')) };
  const named = to.some((part) => part.kind === 'everyone')
    ? { everyone: true as const }
    : {
        ...some('groups', idsOf(to, 'group')),
        ...some('people', idsOf(to, 'person')),
        ...some('boards', idsOf(to, 'board')),
      };
  return { ...named, ...(Object.keys(left).length > 0 && { except: left }) };
}

/** Everyone stands alone: naming somebody beside it would say nothing. Whichever was picked last wins. */
export function pickParts(before: readonly AudiencePart[], after: readonly AudiencePart[]): AudiencePart[] {
  const everyone = after.find((part) => part.kind === 'everyone');
  if (everyone === undefined || after.length === 1) return [...after];
  const had = before.some((part) => part.kind === 'everyone');
  return had ? after.filter((part) => part !== everyone) : [everyone];
}

export interface Faults {
  title?: string;
  body?: string;
  to?: string;
  choices?: string;
}

/** What still keeps this draft from being sent, in words beside the field. */
export function faultsOf(one: Draft): Faults {
  const faults: Faults = {};
  const length = one.title.trim().length;
  if (length === 0) faults.title = 'Write a title first.';
  else if (length > TITLE_MAX) faults.title = `The title is too long by ${length - TITLE_MAX}.`;
  if (one.body.length > BODY_MAX) faults.body = `The message is too long by ${one.body.length - BODY_MAX}.`;
  if (one.to.length === 0) faults.to = 'Say who gets it.';
  if (one.answer === 'choices') {
    if (one.choices.length < 2) faults.choices = 'Give at least two answers to choose from.';
    else if (one.choices.some((choice) => !ackAnswer.safeParse(choice.text).success)) {
      faults.choices = 'An answer has 1 to 60 characters.';
    } else if (new Set(one.choices.map((choice) => choice.text)).size < one.choices.length) {
      faults.choices = 'Two answers are the same.';
    }
  }
  return faults;
}

/**
 * The draft as the contract has it.
 * @param serverNow ms since 1970 by the server's clock; the contract wants whole ones
 * @returns undefined while something is missing
 */
export function contentOf(one: Draft, serverNow: number): AnnouncementContent | undefined {
  const now = Math.round(serverNow);
  const target = targetOf(one);
  if (target === undefined || Object.keys(faultsOf(one)).length > 0) return undefined;
  const until = expiresAt(one, now);
  const late = one.lateMinutes;
  return announcementContent.parse({
    severity: one.severity,
    title: one.title.trim(),
    body: one.body.trim(),
    target,
    ...(one.drill && { drill: true }),
    ...(one.answer !== 'none' && {
      acknowledge: {
        ...(one.answer === 'choices' && { choices: one.choices }),
        ...(late !== undefined && { lateAt: now + late * MINUTE }),
      },
    }),
    ...(until !== undefined && { expiresAt: until }),
    ...(one.nextUpdateMinutes !== undefined && { nextUpdateAt: now + one.nextUpdateMinutes * MINUTE }),
    surfaces: { dialog: showsDialog(one), sound: makesSound(one) },
  });
}
