import type { ServerResponse } from 'node:http';
import { type CloseName, closeCodes } from '../../shared/protocol/close-codes.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { Client, type ClientDetails, type Sink } from '../hub/client.ts';
import type { Frame } from '../hub/frame.ts';
import type { Hub } from '../hub/hub.ts';
import type { Logger } from '../logger.ts';
import { fieldLines } from './event-fields.ts';
import { eventBytes, eventsOf } from './event-view.ts';
import { type WelcomeBase, welcomeOf } from './introduction.ts';
import { OVERFLOW_FACTOR } from './outbox.ts';
import { Positions } from './positions.ts';

/** A comment so often: proxies drop what is silent for 30 to 60 s, and a reader can tell a dead line by it. */
export const EVENT_HEARTBEAT_MS = 15_000;
/**
 * The kernel hides megabytes of a slow line here as it does of a WebSocket, and no pong tells what has arrived. Once it
 * takes no more, so much waits in this process at most (or OUTBOX_MAX_BYTES, where that is less).
 */
const WAITING_MAX_BYTES = 256 * 1024;
/** What is written last gets so long to leave; then the socket is cut. */
const LAST_WORDS_MS = 1_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Its end is the end of the connection, so that nothing has to wait for an idle socket when the server stops.
  Connection: 'close',
  // nginx would otherwise collect the events into blocks of its own.
  'X-Accel-Buffering': 'no',
};

export interface EventStreamParts {
  hub: Hub;
  /** What a client gets with its welcome. */
  greet(client: Client): Promise<{ inForce: string[]; messages: ServerMessage[] }>;
  /** The part of the welcome that is the same for all. */
  welcome(): WelcomeBase;
  outboxMaxBytes: number;
  log: Logger;
  /** ms since 1970 */
  clock: () => number;
}

/** What somebody wants to hear, and where from. */
export interface EventWish {
  channels: readonly string[];
  /** In the order of `channels`; undefined: from now on. */
  since?: readonly (Position | undefined)[];
}

/** One HTTP answer that goes on for as long as its reader stays: server-sent events (SSE-1). */
export class EventStream implements Sink {
  readonly #parts: EventStreamParts;
  readonly #res: ServerResponse;
  readonly #wish: EventWish;
  readonly #positions: Positions;
  readonly #client: Client;
  readonly #roomBytes: number;
  #closed = false;

  constructor(parts: EventStreamParts, res: ServerResponse, details: ClientDetails, wish: EventWish) {
    this.#parts = parts;
    this.#res = res;
    this.#wish = wish;
    this.#positions = new Positions(wish.channels, wish.since);
    this.#client = new Client(details, this);
    const { socket } = res.req;
    // Below the mark of the socket there would be no `drain` to tell of room.
    this.#roomBytes = Math.max(
      Math.min(WAITING_MAX_BYTES, parts.outboxMaxBytes),
      socket.writableHighWaterMark,
    );
    socket.on('drain', () => parts.hub.resume(this.#client));
    res.on('close', () => this.#end());
    res.on('error', (error) => {
      parts.log.debug({ err: error, address: details.address }, 'an event stream failed');
      this.#end();
    });
  }

  /** @param retryMs when to come back if the line breaks */
  async begin(retryMs: number): Promise<void> {
    const { hub, greet, welcome, clock, log } = this.#parts;
    // The server's patience with silent sockets is for those that ask and answer.
    this.#res.req.socket.setTimeout(0);
    this.#res.writeHead(200, HEADERS);
    this.comeBack(retryMs);
    try {
      // Registered before it is greeted: what is announced in between is held back until after the welcome.
      hub.register(this.#client);
      const { inForce, messages } = await greet(this.#client);
      if (this.#closed) return;
      const base = { ...welcome(), heartbeatMs: EVENT_HEARTBEAT_MS };
      this.#client.welcome([welcomeOf(this.#client, base, { inForce, serverTime: clock() }), ...messages]);
      await Promise.all(this.#wish.channels.map((channel) => this.#subscribe(channel)));
    } catch (error) {
      log.error({ err: error, client: this.#client.id }, 'an event stream could not begin');
      this.close('serverError');
    }
  }

  get hasRoom(): boolean {
    return this.#res.writableLength < this.#roomBytes;
  }

  get bufferedBytes(): number {
    return this.#res.writableLength;
  }

  write(frame: Frame): void {
    if (this.#closed) return;
    const res = this.#res;
    // One chunk for all of it. The events themselves are shared, so that only the ids are made anew.
    res.cork();
    for (const { bytes, moves, lost } of frame.view(eventsOf)) {
      if (moves) {
        this.#positions.move(moves.channel, moves.offset, moves.epoch);
        res.write(fieldLines({ id: this.#positions.token }), 'latin1');
      }
      res.write(bytes);
      if (lost !== undefined) void this.#subscribeAnew(lost);
    }
    res.uncork();
    if (res.writableLength > this.#parts.outboxMaxBytes * OVERFLOW_FACTOR) this.close('slow');
  }

  /** @param retryMs when to come back if the line breaks, from now on */
  comeBack(retryMs: number): void {
    if (!this.#closed) this.#res.write(`${fieldLines({ retryMs })}\n`);
  }

  /** A sign of life, where there is none in what waits already. */
  beat(): void {
    if (!this.#closed && this.#res.writableLength === 0) this.#res.write(':\n\n');
  }

  /** Tells the reader when to come back, and ends (DRN-2). */
  drain(inMs: number, reason: string): void {
    if (this.#closed) return;
    this.#res.write(fieldLines({ retryMs: inMs }));
    this.#last('reconnect', { inMs, reason });
  }

  close(why: CloseName, reason: string = closeCodes[why].reason): void {
    if (!this.#closed) this.#last('close', { code: closeCodes[why].code, reason });
  }

  terminate(): void {
    this.#end();
    this.#res.destroy();
  }

  #last(event: string, data: unknown): void {
    const res = this.#res;
    this.#end();
    res.end(eventBytes(event, JSON.stringify(data)));
    const cut = setTimeout(() => res.destroy(), LAST_WORDS_MS);
    res.once('close', () => clearTimeout(cut));
  }

  /** The answer is, or is about to be, over: nobody hears of this client any more. */
  #end(): void {
    this.#closed = true;
    this.#parts.hub.unregister(this.#client);
  }

  #subscribe(channel: string): Promise<void> {
    const since = this.#positions.get(channel);
    return this.#parts.hub.subscribe(this.#client, { channel, apart: true, ...(since && { since }) });
  }

  /** A reader has no way to ask again, so the channel goes on in its new numbering (REC-6). */
  async #subscribeAnew(channel: string): Promise<void> {
    try {
      await this.#subscribe(channel);
    } catch (error) {
      this.#parts.log.error({ err: error, client: this.#client.id, channel }, 'a channel could not go on');
      this.close('serverError');
    }
  }
}
