import type { StoredPublication } from '../log/log.ts';
import type { Channel } from './channel.ts';
import type { Client } from './client.ts';

/**
 * A client's wish to hear a channel: a cursor in the channel's log. At the head (`live`) it shares the batches of an
 * audience and `offset` is not kept up; behind it, `offset` is the last publication that the client has got.
 */
export class Subscription {
  readonly client: Client;
  readonly channel: Channel;
  offset: number;
  live = false;
  /** A recovery promised everything up to this offset: nothing up to it may be thinned (REC-4). */
  readonly promised: number;
  /** A read of the log is under way. */
  reading = false;
  /** What the last read of the log brought and is not written yet. */
  page: StoredPublication[] = [];

  constructor(client: Client, channel: Channel, offset: number, promised: number) {
    this.client = client;
    this.channel = channel;
    this.offset = offset;
    this.promised = promised;
  }
}
