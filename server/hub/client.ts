import type { ConnectionKind } from '../../shared/domain/connection.ts';
import type { CloseName } from '../../shared/protocol/close-codes.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import type { Audience } from './audience.ts';
import { type Frame, frameOf } from './frame.ts';
import type { Subscription } from './subscription.ts';

/** Where a client's frames go: its socket, or a recorder in a test. None of the functions throws. */
export interface Sink {
  /** Whether data may be written now. Announcements and replies are written whatever it says. */
  readonly hasRoom: boolean;
  /** Bytes that were written and have not arrived at the other side, as far as is known. */
  readonly bufferedBytes: number;
  write(frame: Frame): void;
  close(why: CloseName, reason?: string): void;
}

/** Who connected, with what, from where; fixed for the life of a connection. */
export interface ClientDetails {
  id: string;
  account: Account;
  kind: ConnectionKind;
  /** `Chrome 141, Windows`, or the name that a program gave itself. */
  device: string;
  address: string;
  /** ms since 1970 */
  since: number;
  groups: readonly string[];
  tags: readonly string[];
  build?: string;
}

/** One connected client of this node, from its `hello` until its socket is gone. */
export class Client {
  readonly id: string;
  readonly account: Account;
  readonly kind: ConnectionKind;
  readonly device: string;
  readonly address: string;
  readonly since: number;
  /** Those of the account's groups that this connection stands for. */
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly build?: string;

  /** What it shows now (`view`). */
  board?: string;
  editing = false;
  rttMs?: number;

  /** Left its audience because its line could not follow, and has not caught up since. */
  slow = false;
  /** Since when its outbox has had no room (ms since 1970). */
  fullSince: number | undefined;
  readonly subscriptions = new Map<string, Subscription>();
  /** The subscriptions that stand behind the head and are fed from ring and log. */
  readonly behind = new Set<Subscription>();
  /** With whom it shares its live channels; undefined while it has none. */
  audience: Audience | undefined;
  /** Up to which item of the audience it has got everything. */
  sentSeq = 0;
  readonly #sink: Sink;
  #roomWaiters: (() => void)[] = [];
  #held: ServerMessage[] | undefined = [];
  #closed = false;
  #lastOrder: Promise<void> = Promise.resolve();

  constructor(details: ClientDetails, sink: Sink) {
    this.id = details.id;
    this.account = details.account;
    this.kind = details.kind;
    this.device = details.device;
    this.address = details.address;
    this.since = details.since;
    this.groups = details.groups;
    this.tags = details.tags;
    if (details.build !== undefined) this.build = details.build;
    this.#sink = sink;
  }

  get hasRoom(): boolean {
    return this.#sink.hasRoom;
  }

  get outboxBytes(): number {
    return this.#sink.bufferedBytes;
  }

  get subscriptionCount(): number {
    return this.subscriptions.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Sends the welcome and what belongs to it in one frame; what was sent to the client until then follows. */
  welcome(messages: readonly ServerMessage[]): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.write(frameOf(messages.map((message) => JSON.stringify(message))));
    for (const message of held) this.send(message);
  }

  /**
   * Sends in the client's own lane: at once, never behind data.
   * @param frame the message framed, where it goes to others too
   */
  send(message: ServerMessage, frame?: Frame): void {
    if (this.#held) this.#held.push(message);
    else this.write(frame ?? frameOf([JSON.stringify(message)]));
  }

  /** Writes a frame that may be shared with others; after the welcome only. */
  write(frame: Frame): void {
    if (!this.#closed) this.#sink.write(frame);
  }

  /** What it asks for and takes time, one after the other. */
  inOrder(order: () => void | Promise<void>): Promise<void> {
    const done = this.#lastOrder.then(order);
    this.#lastOrder = done.catch(() => {
      // Whoever gave the order is told; the next one is done all the same.
    });
    return done;
  }

  /** Resolves when there is room for data, or the client has gone. */
  async room(): Promise<void> {
    if (!this.hasRoom && !this.#closed) await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
  }

  /** There is room again. */
  roomAgain(): void {
    this.fullSince = undefined;
    const waiters = this.#roomWaiters;
    this.#roomWaiters = [];
    for (const resolve of waiters) resolve();
  }

  /** @param reason shown to the person; the table's own text where it is absent */
  close(why: CloseName, reason?: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sink.close(why, reason);
  }

  /** Its socket is gone: nothing is written any more. */
  gone(): void {
    this.#closed = true;
    this.roomAgain();
  }
}
