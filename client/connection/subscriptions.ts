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
  /** Publications that were missed and are made good: all of them, or thinned with the whole history. */
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
  /** ms */
  now(): number;
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
/** Of a window that is thinned anyway a longer part than this is not worth being sent in full. */
const THINNED_PART = 1 / 24;

/**
 * Whether to ask for all that was missed. After an absence longer than the window nobody would see it: the window is
 * asked for anew, as on a reload, which bounds what a long absence costs.
 */
export function worthRecovering({ ms, points }: HistoryRequest, missedMs: number): boolean {
  if (ms === undefined) return true;
  return missedMs < (points === undefined ? ms : ms * THINNED_PART);
}

/**
 * The channels this page wants, each with its position, so that a new connection continues where the old one broke.
 * Offsets are checked on arrival: a hole that no `gap` announced is a fault, and is filled by asking again. [ORD-2]
 */
export class Subscriptions {
  readonly #deps: SubscriptionDeps;
  readonly #entries = new Map<string, Entry>();
  #outgoing: ClientMessage[] = [];
  #up = false;
  /** When the line was last heard before it broke (ms); absent while nothing was missed. */
  #heardAt: number | undefined;
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
    this.#heardAt = undefined;
    this.#flush();
    this.#checkCaughtUp();
  }

  down(heardAt: number): void {
    if (!this.#up) return;
    this.#up = false;
    this.#heardAt = heardAt;
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
    const { question, position: held, history, channel } = entry;
    const missedMs = this.#heardAt === undefined ? 0 : this.#deps.now() - this.#heardAt;
    const since = worthRecovering(history, missedMs) ? held : undefined;
    const message: ClientMessage = {
      type: 'subscribe',
      channel,
      ...(since && { since }),
      ...(Object.keys(history).length > 0 && { history }),
    };
    const asked = this.#deps.ask(message, (answer) => {
      if (this.#entries.get(channel) !== entry || entry.question !== question) return;
      if (answer instanceof RequestError) this.#refused(entry, answer);
      else if (answer.type === 'subscribed') this.#accepted(entry, answer, { held, since });
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

  #accepted(entry: Entry, reply: ServerMessageOf<'subscribed'>, asked: Asked): void {
    const { epoch, offset: head, publications, buckets } = reply;
    const newest = publications.at(-1)?.offset;
    const { how, kept, skipped } = reading(reply, asked);
    entry.phase = 'on';
    entry.target = head;
    entry.position = {
      epoch,
      offset: newest ?? skipped?.to ?? (how === 'anew' ? head : (kept?.offset ?? head)),
    };
    // Without a single publication nobody knows yet where the history begins that follows.
    entry.anchored = newest !== undefined || buckets !== undefined || how === 'continued';
    const missed =
      kept !== undefined && (how === 'continued' || buckets) ? Math.max(0, head - kept.offset) : 0;
    if (how === 'continued' && kept) {
      this.#total += missed;
      this.#done += entry.position.offset - kept.offset;
    }
    const fresh =
      how === 'anew' ? publications : publications.filter((one) => one.offset > (kept?.offset ?? 0));
    entry.listener.subscribed({ how, head: { epoch, offset: head }, missed, publications: fresh, buckets });
    if (skipped)
      entry.listener.gap({ type: 'gap', channel: entry.channel, epoch, ...skipped, reason: 'limit' });
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

interface Asked {
  /** The newest position held when it was asked. */
  held: Position | undefined;
  /** The same where it was asked for; absent where a window was asked for anew. */
  since: Position | undefined;
}

interface Reading {
  how: Subscribed['how'];
  /** The position held, where it is of the numbering that the answer is of. */
  kept: Position | undefined;
  /** What was deliberately not asked for. */
  skipped?: { from: number; to: number };
}

/** What an answer means for what is held. */
function reading(
  { epoch, offset: head, publications, buckets, recovered, reason }: Answer,
  { held, since }: Asked,
): Reading {
  const kept = held?.epoch === epoch && reason !== 'ahead' ? held : undefined;
  if (kept === undefined || buckets) return { how: 'anew', kept };
  if (since !== undefined) return { how: recovered === true ? 'continued' : 'torn', kept };
  const first = publications[0]?.offset ?? head + 1;
  if (first <= kept.offset + 1) return { how: 'continued', kept };
  return { how: 'torn', kept, skipped: { from: kept.offset + 1, to: first - 1 } };
}

type Answer = ServerMessageOf<'subscribed'>;

function nameOf(code: number): string {
  const found = Object.entries(errors).find(([, row]) => row.code === code);
  return found?.[0] ?? 'unsubscribed';
}
