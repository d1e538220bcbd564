import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { HELLO_TIMEOUT_MS } from '../../shared/limits.ts';
import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import { type CloseName, closeCodes } from '../../shared/protocol/close-codes.ts';
import { decodeClientMessage, splitFrame } from '../../shared/protocol/codec.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { OLDEST_SERVED_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import { Client, type Sink } from '../hub/client.ts';
import { type Frame, frameOf } from '../hub/frame.ts';
import type { Hub } from '../hub/hub.ts';
import type { Logger } from '../logger.ts';
import { dispatch, type Handlers } from './dispatch.ts';
import { ErrorAllowance } from './error-allowance.ts';
import type { Heartbeat, Peer } from './heartbeat.ts';
import { Intake, type UnfinishedBytes } from './intake.ts';
import { detailsOf, frameRate, type Handshake, type WelcomeBase, welcomeOf } from './introduction.ts';
import { Outbox } from './outbox.ts';
import type { TokenBucket } from './rate-limit.ts';

/** Messages in one frame; more is no message but an attack. */
const FRAME_MAX_MESSAGES = 1_000;
/** A frame takes one token, and one more for every so many messages in it. */
const MESSAGES_PER_TOKEN = 50;
/** What WebSocket leaves for the text of a close frame. */
const CLOSE_REASON_MAX_BYTES = 123;

export interface ConnectionParts {
  hub: Hub;
  handlers: Handlers;
  heartbeat: Heartbeat;
  /** What a client gets with its welcome. */
  greet(client: Client): Promise<{ inForce: string[]; messages: ServerMessage[] }>;
  /** @throws AppError `notSignedIn`, `tokenExpired` */
  authenticateToken(token: string): Promise<Account>;
  welcome(): WelcomeBase;
  maxConnectionsPerAccount: number;
  /** Of all connections together. */
  unfinished: UnfinishedBytes;
  outboxMaxBytes: number;
  log: Logger;
  metrics: {
    closes: { inc(labels: { code: string }): void };
    messagesReceived: { inc(labels: { type: string }): void };
  };
  /** ms since 1970 */
  clock: () => number;
  /** Monotonic, in ms. */
  now: () => number;
}

/** One socket's life: `hello` in time, `welcome`, messages in and out, the end. */
export class Connection implements Peer, Sink {
  readonly #parts: ConnectionParts;
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #handshake: Handshake;
  readonly #outbox: Outbox;
  readonly #intake: Intake;
  readonly #errors: ErrorAllowance;
  readonly #helloTimer: NodeJS.Timeout;
  #rate: TokenBucket;
  #client: Client | undefined;
  /** Messages that came while the hello was being answered. Undefined: they are handled at once. */
  #waiting: unknown[] | undefined;
  #closed = false;

  constructor(parts: ConnectionParts, ws: WebSocket, socket: Socket, handshake: Handshake) {
    this.#parts = parts;
    this.#ws = ws;
    this.#socket = socket;
    this.#handshake = handshake;
    const { now } = parts;
    this.#errors = new ErrorAllowance(now);
    this.#rate = frameRate(handshake.account, now);
    this.#outbox = new Outbox({
      socket,
      ws,
      maxBytes: parts.outboxMaxBytes,
      now,
      awake: () => parts.heartbeat.awakeMs,
      onRoom: () => this.#client && parts.hub.resume(this.#client),
      onOverflow: () => this.close('slow'),
    });
    this.#intake = new Intake({
      socket,
      unfinished: parts.unfinished,
      onLate: () => this.close('policy', 'A message must be sent within ten seconds.'),
      onExcess: () => this.terminate(),
    });
    ws.on('error', (error) => {
      // A fault in the peer's frames; ws has sent the close code that says so.
      parts.log.debug({ err: error, address: handshake.address }, 'a socket failed');
      this.#end();
    });
    ws.on('close', (code) => {
      parts.metrics.closes.inc({ code: String(code) });
      this.#end();
    });
    ws.on('message', (data, isBinary) => {
      if (isBinary) this.close('binaryRefused');
      else this.#receive(data.toString());
    });
    ws.on('pong', (payload) => {
      const rttMs = this.#outbox.confirm(payload);
      if (rttMs !== undefined && this.#client) this.#client.rttMs = rttMs;
    });
    this.#helloTimer = setTimeout(() => this.close('badHello'), HELLO_TIMEOUT_MS);
    parts.heartbeat.add(this);
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  ping(): void {
    this.#outbox.ping();
  }

  dead(): void {
    this.close('noPong');
  }

  get hasRoom(): boolean {
    return this.#outbox.hasRoom;
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes;
  }

  write(frame: Frame): void {
    this.#outbox.write(frame);
  }

  /** Once it has said hello: before, there is nobody to tell. @param frame the message framed, as it goes to others too */
  send(message: ServerMessage, frame: Frame): void {
    this.#client?.send(message, frame);
  }

  /** Tells the client when to come back, and closes (DRN-2). */
  drain(inMs: number, reason: string): void {
    if (this.#client) this.write(frameOf([JSON.stringify({ type: 'reconnect', inMs, reason })]));
    this.close('draining');
  }

  close(why: CloseName, reason?: string): void {
    if (this.#closed) return;
    this.#end();
    const row = closeCodes[why];
    this.#ws.close(row.code, shorten(reason ?? row.reason));
  }

  /** Without a close frame. */
  terminate(): void {
    this.#end();
    this.#ws.terminate();
  }

  /** The socket is, or is about to be, closed: nobody hears of this client any more. */
  #end(): void {
    this.#closed = true;
    clearTimeout(this.#helloTimer);
    this.#intake.close();
    this.#parts.heartbeat.delete(this);
    if (this.#client) this.#parts.hub.unregister(this.#client);
  }

  #receive(text: string): void {
    if (this.#closed) return;
    const messages = splitFrame(text);
    const count = messages?.length ?? 1;
    if (!this.#rate.take(1 + Math.floor(count / MESSAGES_PER_TOKEN))) {
      this.close('tooManyMessages');
      return;
    }
    if (!messages || count === 0 || count > FRAME_MAX_MESSAGES) {
      const message = !messages
        ? 'A frame is one JSON object, or an array of them.'
        : `A frame holds 1 to ${FRAME_MAX_MESSAGES} messages.`;
      this.#refuse(new AppError('malformed', { message }));
      return;
    }
    for (const message of messages) this.#take(message);
  }

  #take(raw: unknown): void {
    if (this.#closed) return;
    if (this.#waiting) {
      this.#waiting.push(raw);
      return;
    }
    const decoded = decodeClientMessage(raw);
    if (!this.#client) {
      if (!decoded.ok || decoded.message.type !== 'hello') {
        this.close('badHello', decoded.ok ? undefined : `hello: ${decoded.detail}`);
        return;
      }
      this.#waiting = [];
      void this.#hello(decoded.message);
      return;
    }
    if (!decoded.ok) {
      const { error, detail, issues, id } = decoded;
      this.#refuse(new AppError(error, { message: detail, ...(issues && { issues }) }), id);
      return;
    }
    const { message } = decoded;
    this.#parts.metrics.messagesReceived.inc({ type: message.type });
    if (message.type === 'hello') {
      this.#refuse(new AppError('conflict', { message: 'You have said hello already.' }), message.id);
      return;
    }
    void dispatch(this.#parts.handlers, this.#client, message, this.#parts.log).then((error) => {
      if (error) this.#count(error);
    });
  }

  /** Answers a message that could not even be handed on. */
  #refuse(error: AppError, id?: string | number): void {
    if (!this.#client) {
      this.close('badHello', error.message);
      return;
    }
    this.#client.send({ type: 'error', ...(id !== undefined && { id }), ...error.toBody() });
    this.#count(error);
  }

  #count(error: AppError): void {
    const verdict = this.#errors.verdict(error.error);
    if (verdict) this.close(verdict);
  }

  async #hello(message: ClientMessageOf<'hello'>): Promise<void> {
    const { log } = this.#parts;
    try {
      if (message.protocol < OLDEST_SERVED_VERSION || message.protocol > PROTOCOL_VERSION) {
        this.close('versionRefused');
        return;
      }
      const account = await this.#account(message.token);
      if (account && !this.#closed) await this.#welcome(message, account);
    } catch (error) {
      log.error({ err: error, address: this.#handshake.address }, 'a hello failed');
      this.close('serverError');
    }
  }

  /** Who it is: by what the upgrade carried, else by the token of the hello. */
  async #account(token: string | undefined): Promise<Account | undefined> {
    const { account } = this.#handshake;
    if (account) return account;
    try {
      if (token !== undefined) return await this.#parts.authenticateToken(token);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    this.close('signInRequired');
    return undefined;
  }

  async #welcome(hello: ClientMessageOf<'hello'>, account: Account): Promise<void> {
    const { hub, greet, clock, now, maxConnectionsPerAccount } = this.#parts;
    clearTimeout(this.#helloTimer);
    this.#handshake.place.authenticated();
    if (account.kind === 'person' && hub.clientsOf(account.id).size >= maxConnectionsPerAccount) {
      this.close(
        'forbidden',
        `This account has ${maxConnectionsPerAccount} connections already; close some.`,
      );
      return;
    }
    this.#rate = frameRate(account, now);
    const client = new Client(detailsOf(hello, account, this.#handshake, clock()), this);
    this.#client = client;
    // Registered before it is greeted: what is announced in between is held back until after the welcome.
    hub.register(client);
    const { inForce, messages } = await greet(client);
    if (this.#closed) return;
    const welcome = welcomeOf(client, this.#parts.welcome(), { inForce, serverTime: clock() });
    client.welcome([{ ...welcome, ...(hello.id !== undefined && { id: hello.id }) }, ...messages]);
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const raw of waiting) this.#take(raw);
  }
}

/** A close frame holds 123 bytes of text; whole characters only. */
function shorten(reason: string): string {
  let text = reason;
  while (Buffer.byteLength(text) > CLOSE_REASON_MAX_BYTES) text = text.slice(0, -1);
  return text;
}
