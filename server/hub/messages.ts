import type { RequestId } from '../../shared/protocol/client-messages.ts';
import type { Bucket, GapReason } from '../../shared/protocol/publication.ts';
import type { RecoveryReason } from '../../shared/protocol/server-messages.ts';
import type { StoredPublication } from '../log/log.ts';

/*
 * The messages that carry data are put together as text: the data of a publication is JSON text already, as the log
 * keeps it, and is never parsed on its way to a client.
 */

/** Of a channel, the part of its publications that never changes. */
export function publicationPrefix(channel: string): string {
  return `{"type":"publication","channel":${JSON.stringify(channel)},"offset":`;
}

export function publicationText(prefix: string, { offset, time, data }: StoredPublication): string {
  return `${prefix}${offset},"time":${time},"data":${data}}`;
}

const PUBLICATION = /^\{"type":"publication","channel":"([^"\\]+)","offset":(\d+),/;

/** Channel and offset of a publication's text, without a look at its data; undefined for other messages. */
export function readPublication(text: string): { channel: string; offset: number } | undefined {
  const [, channel, offset] = PUBLICATION.exec(text) ?? [];
  return channel === undefined ? undefined : { channel, offset: Number(offset) };
}

export interface GapRange {
  /** First and last offset that will not come. */
  from: number;
  to: number;
  reason: GapReason;
}

export function gapText(channel: string, epoch: string, gap: GapRange): string {
  return JSON.stringify({ type: 'gap', channel, epoch, ...gap });
}

export interface SubscribedAnswer {
  epoch: string;
  offset: number;
  publications: readonly StoredPublication[];
  buckets?: readonly Bucket[];
  recovered?: boolean;
  reason?: RecoveryReason;
}

export function subscribedText(
  id: RequestId | undefined,
  channel: string,
  { publications, ...rest }: SubscribedAnswer,
): string {
  const head = JSON.stringify({ type: 'subscribed', id, channel, ...rest });
  const items = publications.map(
    ({ offset, time, data }) => `{"offset":${offset},"time":${time},"data":${data}}`,
  );
  return `${head.slice(0, -1)},"publications":[${items.join(',')}]}`;
}

/**
 * The answer to a subscriber that gets every publication as a message of its own: those of the answer follow.
 * @param after the offset after which the publications, or a gap, begin
 */
export function startedText(
  channel: string,
  { publications: _follow, ...rest }: SubscribedAnswer,
  after: number,
): string {
  return JSON.stringify({ type: 'subscribed', channel, ...rest, after });
}
