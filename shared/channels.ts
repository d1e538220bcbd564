import { z } from 'zod';

/** Segments of letters, digits, `_` and `-`, joined by `.` or `:`. A leading `$` marks the server's own. */
const CHANNEL_NAME = /^\$?[A-Za-z0-9_-]+(?:[.:][A-Za-z0-9_-]+)*$/;

export const CHANNEL_NAME_MAX = 128;

export const channelName = z
  .string()
  .min(1)
  .max(CHANNEL_NAME_MAX)
  .regex(CHANNEL_NAME, 'a channel name is made of letters, digits, _ and -, in parts joined by . or :');

/** A channel name, or one whose last segment is `*` (any rest), or `*` alone (PAT-1). */
const CHANNEL_PATTERN = /^(?:\*|\$?[A-Za-z0-9_-]+(?:[.:][A-Za-z0-9_-]+)*(?:[.:]\*)?)$/;

export const channelPattern = z
  .string()
  .min(1)
  .max(CHANNEL_NAME_MAX)
  .regex(CHANNEL_PATTERN, 'a pattern is a channel name, or ends in .* or :*, or is * alone');

export function isChannelName(name: string): boolean {
  return name.length <= CHANNEL_NAME_MAX && CHANNEL_NAME.test(name);
}

/** Channels that only the server writes: `$…` (its own life) and `system.…` (its measurements). */
export function isServerChannel(name: string): boolean {
  return (
    name.startsWith('$') || name === 'system' || name.startsWith('system.') || name.startsWith('system:')
  );
}

/**
 * Whether a pattern covers a channel. `*` covers every channel that does not begin with `$`;
 * `a.*` covers `a.b` and `a.b.c`, but neither `a` nor `ab`. @see docs/protocol.md PAT-1
 */
export function matchesPattern(pattern: string, channel: string): boolean {
  if (pattern === '*') return !channel.startsWith('$');
  if (pattern.endsWith('*'))
    return channel.startsWith(pattern.slice(0, -1)) && channel.length > pattern.length - 1;
  return pattern === channel;
}
