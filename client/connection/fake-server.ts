import { vi } from 'vitest';
import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import type { PublicationItem } from '../../shared/protocol/publication.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Environment, PageListener, SocketListener } from './environment.ts';
import type { Finding } from './state.ts';

/** One socket as the fake server sees it. */
export class FakeSocket {
  readonly #listener: SocketListener;
  readonly heard: ClientMessage[] = [];
  readonly frames: string[] = [];
  closedByPage = false;
  onMessage: (message: ClientMessage) => void = () => {};

  constructor(listener: SocketListener) {
    this.#listener = listener;
  }

  open(): void {
    this.#listener.opened();
  }

  /** One frame. */
  say(...messages: (ServerMessage | Record<string, unknown>)[]): void {
    this.raw(JSON.stringify(messages.length === 1 ? messages[0] : messages));
  }

  raw(data: unknown): void {
    this.#listener.message(data);
  }

  /** Ends from the server's side. Deliberately also after the page has closed: late events must do no harm. */
  end(code = 1006, reason = ''): void {
    this.#listener.closed(code, reason);
  }

  take(text: string): void {
    this.frames.push(text);
    const parsed: unknown = JSON.parse(text);
    for (const message of (Array.isArray(parsed) ? parsed : [parsed]) as ClientMessage[]) {
      this.heard.push(message);
      this.onMessage(message);
    }
  }

  heardOf<T extends ClientMessage['type']>(type: T): ClientMessageOf<T>[] {
    return this.heard.filter((one): one is ClientMessageOf<T> => one.type === type);
  }
}

interface FakeChannel {
  epoch: string;
  items: PublicationItem[];
  /** Oldest offset that is kept. */
  oldest: number;
}

/**
 * A server at protocol level: welcomes, answers pings, keeps channels with offsets. A test may switch each of that off
 * and speak itself.
 */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly problems: unknown[] = [];
  readonly channels = new Map<string, FakeChannel>();
  page: PageListener | undefined;
  finding: Finding = { kind: 'other', cause: 'The server cannot be reached.' };
  diagnoses = 0;
  /** What outlives a reload of the page. */
  memory: string | null = null;
  accountId = 'p1';
  random = 0.5;
  spreadMs = 0;
  /** Accepts, welcomes and answers by itself. */
  automatic = true;
  answersPings = true;
  /** Publications in a `subscribed`; the rest follows one by one when `drain` is called. */
  inReply = Number.POSITIVE_INFINITY;
  #late: (() => void)[] = [];
  #pages = 0;

  readonly environment: Environment = {
    build: 'test',
    now: () => Date.now(),
    random: () => this.random,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    openSocket: (listener) => {
      const socket = new FakeSocket(listener);
      this.sockets.push(socket);
      if (this.automatic) queueMicrotask(() => socket.open());
      socket.onMessage = (message) => this.#answer(socket, message);
      return {
        send: (text) => socket.take(text),
        close: () => {
          socket.closedByPage = true;
        },
      };
    },
    diagnose: () => {
      this.diagnoses += 1;
      return Promise.resolve(this.finding);
    },
    watchPage: (listener) => {
      this.page = listener;
      this.#pages += 1;
      return () => {
        this.#pages -= 1;
      };
    },
    memory: {
      read: () => this.memory,
      write: (text) => {
        this.memory = text;
      },
    },
    report: (problem) => this.problems.push(problem),
  };

  get watchedPages(): number {
    return this.#pages;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }

  welcome(socket = this.socket): void {
    socket.say({
      type: 'welcome',
      protocol: 1,
      clientId: `c${this.sockets.length}`,
      node: 'n1',
      build: 'b',
      serverTime: Date.now(),
      account: { id: this.accountId, name: 'Ana', role: 'viewer', groups: [] },
      heartbeatMs: 25_000,
      limits: { messageBytes: 524_288, subscriptions: 256 },
      reconnect: { spreadMs: this.spreadMs },
      inForce: [],
    });
  }

  channel(name: string): FakeChannel {
    let held = this.channels.get(name);
    if (held === undefined) {
      held = { epoch: 'e1', items: [], oldest: 1 };
      this.channels.set(name, held);
    }
    return held;
  }

  /** Stores, and sends it where a socket is given. */
  publish(name: string, data: unknown, socket?: FakeSocket): PublicationItem {
    const { items } = this.channel(name);
    const item = { offset: items.length + 1, time: Date.now(), data };
    items.push(item);
    socket?.say({ type: 'publication', channel: name, ...item });
    return item;
  }

  /** Lets what did not fit into `subscribed` follow. */
  drain(): void {
    for (const send of this.#late.splice(0)) send();
  }

  #answer(socket: FakeSocket, message: ClientMessage): void {
    if (!this.automatic) return;
    switch (message.type) {
      case 'hello':
        this.welcome(socket);
        return;
      case 'ping':
        if (this.answersPings) {
          const { id, sentAt } = message;
          queueMicrotask(() => socket.say({ type: 'pong', id, sentAt, serverTime: Date.now() }));
        }
        return;
      case 'subscribe':
        queueMicrotask(() => this.#subscribe(socket, message));
        return;
      case 'unsubscribe':
        queueMicrotask(() =>
          socket.say({ type: 'unsubscribed', id: message.id, channel: message.channel, code: 0, reason: '' }),
        );
        return;
      case 'receipt':
      case 'view':
        if (message.id !== undefined) socket.say({ type: 'ok', id: message.id });
        return;
      case 'publish':
        socket.say({ type: 'published', id: message.id, epoch: 'e1', offset: 1 });
        return;
      default:
    }
  }

  #subscribe(socket: FakeSocket, { id, channel, since, history }: ClientMessageOf<'subscribe'>): void {
    const { epoch, items, oldest } = this.channel(channel);
    const head = items.length;
    const newest = history?.limit ? items.slice(-history.limit) : history?.ms ? items : [];
    if (since === undefined) {
      socket.say({ type: 'subscribed', id, channel, epoch, offset: head, publications: newest });
      return;
    }
    const reason = since.epoch !== epoch ? 'epoch' : since.offset + 1 < oldest ? 'trimmed' : undefined;
    if (reason === undefined) {
      const missed = items.slice(since.offset);
      const publications = missed.slice(0, this.inReply);
      socket.say({ type: 'subscribed', id, channel, epoch, offset: head, publications, recovered: true });
      for (const item of missed.slice(publications.length)) {
        this.#late.push(() => socket.say({ type: 'publication', channel, ...item }));
      }
      return;
    }
    const publications = items.slice(oldest - 1);
    const reply = {
      type: 'subscribed',
      id,
      channel,
      epoch,
      offset: head,
      publications,
      recovered: false,
      reason,
    };
    const from = reason === 'epoch' ? 1 : since.offset + 1;
    if (from >= oldest) socket.say(reply);
    else socket.say(reply, { type: 'gap', channel, epoch, from, to: oldest - 1, reason: 'trimmed' });
  }
}

/** Lets answers that are under way arrive, without moving the clock. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
