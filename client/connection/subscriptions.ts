import type { ClientMessage, HistoryRequest } from '../../shared/protocol/client-messages.ts';
import { errors } from '../../shared/protocol/errors.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { Bucket, Gap, Publication, PublicationItem } from '../../shared/protocol/publication.ts';
import type { ServerMessageOf } from '../../shared/protocol/server-messages.ts';
import type { Settle } from './requests.ts';
import { RequestError } from './types.ts';

/** How a subscribe began, as its listener must take it. */
export interface Subscribed {
  /**
   * `continued`: follows what was received before, `missed` publications come back; `torn`: newer publications of
   * the same numbering, a `gap` tells what lies between; `anew`: forget what was received before.
   */
  readonly how: 'continued' | 'torn' | 'anew';
  /** Head of the channel when the answer was made. */
  readonly head: Position;
  readonly missed: number;
  readonly publications: readonly PublicationItem[];
  readonly buckets: readonly Bucket[] | undefined;
}

/** Whoever keeps a channel's data. Called at once and in order, at the rate of the wire. */
export interface ChannelListener {
  subscribed(how: Subscribed): void;
  publication(item: PublicationItem): void;
  /** Offsets `from` to `to` will not come. */
  gap(gap: Gap): void;
  /** The line is down, and was last heard at that time (ms, the page's clock); another `subscribed` will come. */
  lost(heardAt: number): void;
  /** The server refuses. Asked again by itself where the refusal says `retry`, and on each new connection. */
  failed(error: RequestError): void;
}

export interface WantedChannel {
  release(): void;
  /** Load anew with more history. */
  reload(history: HistoryRequest): void;
}

export interface SubscriptionDeps {
  /** Gives the message an id and remembers who asked. */
  ask(message: ClientMessage, settle: Settle): ClientMessage;
  /** One frame. */
  send(messages: ClientMessage[]): void;
  after(ms: number, run: () => void): () => void;
  /** All that is wanted has been answered and has caught up. */
  onCaughtUp(): void;
  onProgress(): void;
  report(problem: unknown): void;
}

interface Entry {
  readonly channel: string;
  readonly listener: ChannelListener;
  history: HistoryRequest;
  /** `asked`: publications are not taken until the answer; `waiting`: not asked, the line is down or busy. */
  phase: 'waiting' | 'asked' | 'on' | 'refused';
  /** The newest offset that came. Absent: nothing to continue from. */
  position: Position | undefined;
  /** False until the first publication where the answer brought none: then any offset may be the first. */
  anchored: boolean;
  /** Head of the channel when the server placed our cursor: reached means caught up. */
  target: number;
  /** Counts the questions, so that the answer to a replaced one is not taken. */
  question: number;
}

/** Where a refusal that may pass names no time. */
const RETRY_MS = 5_000;

/**
 * The channels this page wants, each with its position, so that a new connection continues where the old one broke.
 * Offsets are checked on arrival: a hole that no `gap` announced is a fault, and is filled by asking again. [ORD-2]
 */
export class Subscriptions {
  readonly #deps: SubscriptionDeps;
  readonly #entries = new Map<string, Entry>();
  #outgoing: ClientMessage[] = [];
  #up = false;
  #catchingUp = false;
  #done = 0;
  #total = 0;

  constructor(deps: SubscriptionDeps) {
    this.#deps = deps;
  }

  /** Publications that came back, of those missed. Zero of zero until the server has answered. */
  get progress(): { done: number; total: number } {
    return { done: this.#done, total: this.#total };
  }

  /** @throws Error when the channel is wanted already: one listener has it, others share that one */
  want(channel: string, history: HistoryRequest, listener: ChannelListener): WantedChannel {
    if (this.#entries.has(channel)) throw new Error(`${channel} is subscribed already`);
    const entry: Entry = {
      channel,
      listener,
      history,
      phase: 'waiting',
      position: undefined,
      anchored: true,
      target: 0,
      question: 0,
    };
    this.#entries.set(channel, entry);
    this.#ask(entry);
    return {
      release: () => {
        if (this.#entries.get(channel) !== entry) return;
        this.#entries.delete(channel);
        this.#leave(entry);
        this.#checkCaughtUp();
      },
      reload: (wanted) => {
        if (this.#entries.get(channel) !== entry) return;
        entry.history = wanted;
        entry.position = undefined;
        this.#askAgain(entry);
      },
    };
  }

  /** The line is up: ask for everything, in one frame. */
  resume(): void {
    this.#up = true;
    this.#catchingUp = true;
    this.#done = 0;
    this.#total = 0;
    for (const entry of this.#entries.values()) this.#ask(entry);
    this.#flush();
    this.#checkCaughtUp();
  }

  down(heardAt: number): void {
    if (!this.#up) return;
    this.#up = false;
    this.#catchingUp = false;
    this.#outgoing = [];
    for (const entry of this.#entries.values()) {
      entry.phase = 'waiting';
      entry.question += 1;
      entry.listener.lost(heardAt);
    }
  }

  publication({ channel, offset, time, data }: Publication): void {
    const entry = this.#entries.get(channel);
    if (entry?.phase !== 'on' || entry.position === undefined) return;
    const held = entry.position.offset;
    if (entry.anchored && offset !== held + 1) {
      this.#disorder(entry, offset);
      return;
    }
    entry.anchored = true;
    entry.position = { epoch: entry.position.epoch, offset };
    entry.listener.publication({ offset, time, data });
    if (this.#catchingUp) this.#advanced(entry, offset - held);
  }

  gap(gap: Gap): void {
    const entry = this.#entries.get(gap.channel);
    if (entry?.phase !== 'on' || entry.position?.epoch !== gap.epoch) return;
    const held = entry.position.offset;
    if (gap.to > held) entry.position = { epoch: gap.epoch, offset: gap.to };
    entry.listener.gap(gap);
    if (this.#catchingUp) this.#advanced(entry, Math.max(0, gap.to - held));
  }

  /** The server ended a subscription by itself. */
  ended({ channel, code, reason }: ServerMessageOf<'unsubscribed'>): void {
    const entry = this.#entries.get(channel);
    if (entry?.phase !== 'on') return;
    if (code === errors.positionLost.code) {
      // The numbering begins anew: nothing to continue from. [REC-6]
      entry.position = undefined;
      this.#ask(entry);
      return;
    }
    entry.phase = 'refused';
    entry.listener.failed(new RequestError({ code, name: nameOf(code), message: reason, retry: false }));
  }

  #disorder(entry: Entry, offset: number): void {
    const held = entry.position?.offset ?? 0;
    const { channel } = entry;
    if (offset <= held) {
      this.#deps.report(new Error(`${channel}: offset ${offset} came again after ${held}`));
      return;
    }
    this.#deps.report(new Error(`${channel}: offset ${offset} came after ${held}, and no gap was announced`));
    this.#askAgain(entry);
  }

  #ask(entry: Entry): void {
    if (!this.#up) return;
    entry.phase = 'asked';
    entry.question += 1;
    const { question, position: since, history, channel } = entry;
    const message: ClientMessage = {
      type: 'subscribe',
      channel,
      ...(since && { since }),
      ...(Object.keys(history).length > 0 && { history }),
    };
    const asked = this.#deps.ask(message, (answer) => {
      if (this.#entries.get(channel) !== entry || entry.question !== question) return;
      if (answer instanceof RequestError) this.#refused(entry, answer);
      else if (answer.type === 'subscribed') this.#accepted(entry, answer, since);
    });
    this.#queue(asked);
  }

  /** A channel is subscribed once per connection, so what stands is given up first. */
  #askAgain(entry: Entry): void {
    this.#leave(entry);
    this.#ask(entry);
  }

  #leave(entry: Entry): void {
    if (!this.#up || entry.phase === 'waiting' || entry.phase === 'refused') return;
    this.#queue(this.#deps.ask({ type: 'unsubscribe', channel: entry.channel }, () => {}));
  }

  #accepted(entry: Entry, reply: ServerMessageOf<'subscribed'>, since: Position | undefined): void {
    const { epoch, offset: head, publications, buckets, recovered, reason } = reply;
    const newest = publications.at(-1)?.offset;
    const continued = since !== undefined && recovered === true;
    const torn = since !== undefined && since.epoch === epoch && !buckets && reason !== 'ahead';
    const how = continued ? 'continued' : torn ? 'torn' : 'anew';
    entry.phase = 'on';
    entry.target = head;
    entry.position = { epoch, offset: newest ?? (how === 'anew' ? head : (since?.offset ?? head)) };
    // Without a single publication nobody knows yet where the history begins that follows.
    entry.anchored = newest !== undefined || buckets !== undefined || continued;
    const missed = continued ? Math.max(0, head - since.offset) : 0;
    this.#total += missed;
    if (continued) this.#done += entry.position.offset - since.offset;
    entry.listener.subscribed({ how, head: { epoch, offset: head }, missed, publications, buckets });
    if (this.#catchingUp) this.#deps.onProgress();
    this.#checkCaughtUp();
  }

  #refused(entry: Entry, error: RequestError): void {
    if (error.reason === 'offline') return;
    if (error.code === errors.positionLost.code && entry.position !== undefined) {
      entry.position = undefined;
      this.#ask(entry);
      return;
    }
    entry.phase = 'refused';
    entry.listener.failed(error);
    if (error.retry) {
      const { question } = entry;
      this.#deps.after(error.retryAfterMs ?? RETRY_MS, () => {
        if (this.#entries.get(entry.channel) === entry && entry.question === question) this.#ask(entry);
      });
    }
    this.#checkCaughtUp();
  }

  #advanced(entry: Entry, count: number): void {
    if (this.#total > 0) {
      this.#done = Math.min(this.#total, this.#done + count);
      this.#deps.onProgress();
    }
    if (entry.position !== undefined && entry.position.offset >= entry.target) this.#checkCaughtUp();
  }

  #checkCaughtUp(): void {
    if (!this.#catchingUp) return;
    for (const entry of this.#entries.values()) {
      if (entry.phase === 'refused') continue;
      if (entry.phase !== 'on' || (entry.position?.offset ?? 0) < entry.target) return;
    }
    this.#catchingUp = false;
    this.#deps.onCaughtUp();
  }

  /** What is asked in one turn of the event loop (a board opens thirty channels) shares a frame. */
  #queue(message: ClientMessage): void {
    this.#outgoing.push(message);
    if (this.#outgoing.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    if (this.#outgoing.length === 0) return;
    const messages = this.#outgoing;
    this.#outgoing = [];
    this.#deps.send(messages);
  }
}

function nameOf(code: number): string {
  const found = Object.entries(errors).find(([, row]) => row.code === code);
  return found?.[0] ?? 'unsubscribed';
}
