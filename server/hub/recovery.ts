import { RECOVERY_FRAME_BYTES, RECOVERY_MAX_BYTES, RECOVERY_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import type { HistoryRequest } from '../../shared/protocol/client-messages.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { RecoveryReason } from '../../shared/protocol/server-messages.ts';
import type { HistoryRange, StoredPublication } from '../log/log.ts';
import type { Channel } from './channel.ts';
import type { GapRange, SubscribedAnswer } from './messages.ts';
import type { Reader } from './shared-reads.ts';

/** Leaves room in a frame for the words around the data. */
const FIRST_PAGE_BYTES = RECOVERY_FRAME_BYTES - 4_096;
/** What the words around one publication take in a frame. */
const ITEM_BYTES = 64;
/** Buckets begin at a full second, so that equal wishes of many screens are equal reads. */
const ROUND_MS = 1_000;
/** Producers' clocks may be ahead of ours by this share of what is asked for; a day ahead would flatten the rest. */
const AHEAD_SHARE = 0.05;

export interface Wish {
  since?: Position | undefined;
  history?: HistoryRequest | undefined;
}

/** The answer to a subscribe, and where its cursor stands after it. */
export interface Placement {
  answer: SubscribedAnswer;
  gap?: GapRange;
  cursor: number;
  /** Everything up to here was promised to come. */
  promised: number;
}

/**
 * Decides what a subscriber gets first (REC-1 to REC-6). The rest follows from the cursor, at the client's own pace.
 * Nothing beyond the channel's head is given even if the log has it already: it will come live.
 * @param now ms since 1970
 * @returns undefined when the log answers for another epoch than the channel's: its numbering has just ended
 */
export async function place(
  channel: Channel,
  wish: Wish,
  log: Reader,
  now: number,
): Promise<Placement | undefined> {
  const { since, history } = wish;
  const recovery = since && (await recover(channel, since, log));
  if (recovery === 'ended') return undefined;
  if (recovery && !('reason' in recovery)) {
    const { publications } = recovery;
    const { epoch, head } = channel;
    const cursor = publications.at(-1)?.offset ?? since.offset;
    return { answer: { epoch, offset: head, publications, recovered: true }, cursor, promised: head };
  }
  const first = await newest(channel, history ?? (since && { limit: 1 }), log, now);
  if (!recovery || !first) return first;
  const { reason } = recovery;
  const answer = { ...first.answer, recovered: false, reason };
  const gap = gapOf(reason, since.offset, first);
  return { ...first, answer, ...(gap && { gap }) };
}

/** Where a cursor stands that has not got the publications of the answer. */
export function beforeFirst({ answer, cursor }: Placement): number {
  return (answer.publications[0]?.offset ?? cursor + 1) - 1;
}

/** The missing range, where it is known: another numbering, or one that ran ahead, has none (REC-6). */
function gapOf(reason: RecoveryReason, had: number, first: Placement): GapRange | undefined {
  if (reason !== 'trimmed' && reason !== 'limit') return undefined;
  const to = beforeFirst(first);
  return to > had ? { from: had + 1, to, reason } : undefined;
}

/** The first page after a position, or why all of it cannot be given. */
async function recover(
  channel: Channel,
  since: Position,
  log: Reader,
): Promise<{ publications: StoredPublication[] } | { reason: RecoveryReason } | 'ended'> {
  if (since.epoch !== channel.epoch) return { reason: 'epoch' };
  if (since.offset > channel.head) return { reason: 'ahead' };
  const missing = channel.head - since.offset;
  if (missing === 0) return { publications: [] };
  if (missing > RECOVERY_MAX_PUBLICATIONS) return { reason: 'limit' };
  let found = channel.ring.readAfter(since.offset, missing, FIRST_PAGE_BYTES);
  if (!found) {
    const read = await log.readAfter(channel.name, since.offset, missing, FIRST_PAGE_BYTES);
    if (read.epoch !== channel.epoch) return 'ended';
    found = read.publications;
  }
  if (found[0]?.offset !== since.offset + 1) return { reason: 'trimmed' };
  // The log does not know sizes beforehand; the first page tells what the rest will be like.
  if ((bytesOf(found) / found.length) * missing > RECOVERY_MAX_BYTES) return { reason: 'limit' };
  return { publications: firstPage(found, channel.head) };
}

/** The newest history as asked for, or as buckets; only the head where nothing was asked for (REC-5). */
async function newest(
  channel: Channel,
  history: HistoryRequest | undefined,
  log: Reader,
  now: number,
): Promise<Placement | undefined> {
  if (!history) return at(channel, [], channel.head);
  const { limit = RECOVERY_MAX_PUBLICATIONS, ms, points } = history;
  if (points !== undefined) {
    // Placed before the read: what comes meanwhile may be in the last bucket too, but nothing is missing between.
    const { head } = channel;
    const range = ms === undefined ? {} : rangeOf(ms, now);
    const { epoch, buckets } = await log.readBuckets(channel.name, range, points, head);
    if (epoch !== channel.epoch) return undefined;
    return at(channel, [], head, { buckets });
  }
  const inRing = ms === undefined ? newestInRing(channel, limit) : undefined;
  if (inRing) return at(channel, firstPage(inRing, channel.head), channel.head - inRing.length);
  const read = await log.readNewest(channel.name, {
    limit,
    maxBytes: RECOVERY_MAX_BYTES,
    ...(ms !== undefined && { ms }),
  });
  if (read.epoch !== channel.epoch) return undefined;
  const before = (read.publications[0]?.offset ?? read.offset + 1) - 1;
  return at(channel, firstPage(read.publications, channel.head), Math.min(before, channel.head));
}

/** The last `ms`, and a little of what producers date ahead. */
function rangeOf(ms: number, now: number): HistoryRange {
  const from = Math.floor((now - ms) / ROUND_MS) * ROUND_MS;
  const to = Math.ceil((now + Math.max(ROUND_MS, ms * AHEAD_SHARE)) / ROUND_MS) * ROUND_MS;
  return { from, to };
}

function newestInRing({ ring, head }: Channel, limit: number): StoredPublication[] | undefined {
  const after = Math.max(0, head - limit);
  const found = after === head ? [] : ring.readAfter(after, limit, RECOVERY_MAX_BYTES);
  return found && found.length === head - after ? found : undefined;
}

function at(
  channel: Channel,
  publications: StoredPublication[],
  before: number,
  more: Pick<SubscribedAnswer, 'buckets'> = {},
): Placement {
  const { epoch, head } = channel;
  const cursor = publications.at(-1)?.offset ?? before;
  // Whoever got none takes `offset` for its position: then what follows must begin right after it.
  const offset = publications.length === 0 ? cursor : head;
  return { answer: { epoch, offset, publications, ...more }, cursor, promised: cursor };
}

/** As many as one frame holds, at least one, and none beyond the head. */
function firstPage(publications: StoredPublication[], head: number): StoredPublication[] {
  let bytes = 0;
  let count = 0;
  for (const { offset, data } of publications) {
    bytes += Buffer.byteLength(data) + ITEM_BYTES;
    if (offset > head || (bytes > FIRST_PAGE_BYTES && count > 0)) break;
    count += 1;
  }
  return publications.slice(0, count);
}

function bytesOf(publications: readonly StoredPublication[]): number {
  return publications.reduce((sum, { data }) => sum + Buffer.byteLength(data) + ITEM_BYTES, 0);
}
