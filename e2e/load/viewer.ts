import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { retryDelay } from '../../client/connection/backoff.ts';
import { reconnectSpread, SPREAD_EVENT } from '../../shared/domain/reconnect-spread.ts';
import { now } from './clock.ts';
import type { Dialect, Position } from './dialects.ts';
import type { Histogram } from './histogram.ts';
import type { Message, Scanned, Scanner } from './scan.ts';
import { Sequences, type Tally } from './sequences.ts';
import { clientFrame, FrameReader } from './wire.ts';

/** What the viewers of one process share and add up. */
export interface Shared {
  port: number;
  key: string;
  channels: readonly string[];
  dialect: Dialect;
  scanner: Scanner;
  /** Whether a lost connection comes back, as a page does; else its end is a fault. */
  reconnect: boolean;
  tally: Tally & { frames: number; bytes: number; parsed: number };
  latency: Histogram;
  acceptedAt: number[];
  liveAt: number[];
  announcedAt: number[];
  closes: Record<string, number>;
  /** Answers to `since` that were not whole. */
  unrecovered: number;
  fault(text: string): void;
}

/** Sockets are read one at a time, so that all can be read into the same memory. */
const READ_INTO = Buffer.alloc(262_144);
const TEXT = 1;
const PONG = 10;

/** One screen: a bare socket. A real WebSocket client in such numbers would measure itself. */
export class Viewer {
  readonly sequences: Sequences;
  readonly #shared: Shared;
  readonly #address: string | undefined;
  /** Parses every publication, as a page does, and measures how old it is. */
  readonly #parses: boolean;
  readonly #onLive: () => void;
  readonly #epochs: string[] = [];
  #socket!: Socket;
  #subscribed = 0;
  #attempt = 0;
  #spreadMs = 0;
  #paused = false;
  #ended = false;

  constructor(
    shared: Shared,
    { address, parses, onLive }: { address: string | undefined; parses: boolean; onLive: () => void },
  ) {
    this.#shared = shared;
    this.#address = address;
    this.#parses = parses;
    this.#onLive = onLive;
    this.sequences = new Sequences(shared.channels.length, shared.tally);
    this.#connect();
  }

  get live(): boolean {
    return this.#subscribed > this.#shared.channels.length;
  }

  /** Reads no more, as a page does whose machine sleeps or whose line is stuck. */
  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  end(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #connect(): void {
    const nonce = randomBytes(16).toString('base64');
    let head = '';
    let open = false;
    let ended = false;
    const reader = new FrameReader({
      text: (payload) => this.#text(payload),
      ping: (payload) => this.#write(PONG, payload),
      close: (code, reason) => {
        ended = true;
        this.#closed(`${code} ${reason}`.trim());
      },
    });
    const onBytes = (bytes: Buffer): void => {
      if (open) {
        reader.push(bytes);
        return;
      }
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const rest = Buffer.from(head.slice(end + 4), 'latin1');
      head = head.slice(0, end);
      if (!accepted(head, nonce)) {
        ended = true;
        this.#socket.destroy();
        this.#closed(head.slice(0, head.indexOf('\r\n')));
        return;
      }
      open = true;
      this.#shared.acceptedAt.push(now());
      const greeting = this.#shared.dialect.greeting(this.#wishes());
      if (greeting !== '') this.#send(greeting);
      if (rest.length > 0) reader.push(rest);
    };
    const onread = {
      buffer: READ_INTO,
      callback: (length: number): boolean => {
        onBytes(READ_INTO.subarray(0, length));
        return !this.#paused;
      },
    };
    const { port, key, dialect } = this.#shared;
    const from = this.#address === undefined ? {} : { localAddress: this.#address };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread, ...from }, () => {
      this.#socket.write(
        `GET ${dialect.path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${nonce}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
      );
    });
    this.#socket.on('error', (error) => {
      if (!ended) this.#closed(error.message.split(' ').slice(0, 2).join(' '));
      ended = true;
    });
    this.#socket.on('close', () => {
      if (!ended) this.#closed('without a word');
      ended = true;
      if (this.live) this.#attempt = 0;
      this.#subscribed = 0;
      if (this.#shared.reconnect && !this.#ended) this.#comeBack();
    });
  }

  #closed(why: string): void {
    if (this.#ended) return;
    const { closes } = this.#shared;
    closes[why] = (closes[why] ?? 0) + 1;
    if (!this.#shared.reconnect) this.#shared.fault(`closed: ${why}`);
    this.#socket.end();
  }

  #comeBack(): void {
    this.#attempt += 1;
    setTimeout(() => this.#connect(), retryDelay(this.#attempt, this.#spreadMs, Math.random()));
  }

  #wishes(): Position[] {
    return this.#shared.channels.map((channel, at) => {
      const epoch = this.#epochs[at];
      return epoch === undefined
        ? { channel }
        : { channel, since: { epoch, offset: this.sequences.last[at]! } };
    });
  }

  #text(payload: Buffer): void {
    const { tally, scanner, dialect } = this.#shared;
    tally.frames += 1;
    tally.bytes += payload.length;
    if (dialect.answer && payload.length < 512) {
      const answer = dialect.answer(payload.toString(), this.#wishes());
      if (answer !== undefined) this.#send(answer);
    }
    const { pairs, messages } = this.#parses ? whole(scanner.parse(payload)) : scanner.scan(payload);
    if (messages) this.#messages(messages, now());
    for (let at = 0; at < pairs.length; at += 2) this.sequences.got(pairs[at]!, pairs[at + 1]!);
  }

  #messages(messages: readonly Message[], at: number): void {
    const { scanner, announcedAt } = this.#shared;
    for (const message of messages) {
      if (message.type === 'publication') this.#got(scanner.channel(message.channel), message, at);
      else if (message.type === 'subscribed') this.#learn(message, at);
      else if (message.type === 'gap') {
        this.sequences.told(scanner.channel(message.channel), message.from, message.to);
      } else if (message.type === 'announcement') announcedAt.push(at);
      else if (message.type === 'welcome') {
        this.#spreadMs = message.reconnect.spreadMs;
        if (this.#shared.channels.length === 0) this.#isLive(at);
      } else if (message.type === 'message' && message.event === SPREAD_EVENT) {
        this.#spreadMs = reconnectSpread.parse(message.data).spreadMs;
      } else if (message.type === 'error' || message.type === 'unsubscribed') {
        this.#shared.fault(JSON.stringify(message));
      }
    }
  }

  #got(channel: number, { offset, data }: { offset: number; data: unknown }, at: number): void {
    this.sequences.got(channel, offset);
    const sentAt = typeof data === 'object' && data !== null && 't' in data ? data.t : undefined;
    if (!this.#parses || typeof sentAt !== 'number') return;
    this.#shared.tally.parsed += 1;
    this.#shared.latency.add(at - sentAt);
  }

  #learn(message: Message, at: number): void {
    const channel = this.#shared.scanner.channel(message.channel);
    const { last } = this.sequences;
    if (last[channel] === -1) last[channel] = message.offset;
    else if (message.recovered !== true) this.#shared.unrecovered += 1;
    for (const { offset } of message.publications ?? []) this.sequences.got(channel, offset);
    this.#epochs[channel] = message.epoch;
    this.#subscribed += 1;
    if (this.#subscribed === this.#shared.channels.length) this.#isLive(at);
  }

  #isLive(at: number): void {
    this.#subscribed = this.#shared.channels.length + 1;
    this.#shared.liveAt.push(at);
    this.#onLive();
  }

  #send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  #write(opcode: number, payload: Buffer): void {
    this.#socket.write(clientFrame(opcode, payload));
  }
}

function accepted(head: string, nonce: string): boolean {
  const accept = createHash('sha1').update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return head.startsWith('HTTP/1.1 101') && head.includes(accept);
}

const NONE = new Int32Array();

function whole(messages: Message[]): Scanned {
  return { pairs: NONE, messages };
}
