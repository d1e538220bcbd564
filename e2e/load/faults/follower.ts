import type { Position } from '../../../shared/protocol/position.ts';
import type { Gap } from '../../../shared/protocol/publication.ts';
import type { RecoveryReason } from '../../../shared/protocol/server-messages.ts';
import type { Ledger } from './ledger.ts';
import type { Payloads } from './payloads.ts';

export interface Item {
  offset: number;
  hash: string;
}

/** The answer to a subscribe, with hashes for data. */
export interface Answer extends Position {
  publications: readonly Item[];
  recovered?: boolean | undefined;
  reason?: RecoveryReason | undefined;
}

export interface Range {
  from: number;
  to: number;
}

/** What all followers of a run saw together. */
export interface Figures {
  deliveries: number;
  /** Answers to `since`, by `complete` or the reason. */
  recoveries: Map<string, number>;
  /** Announced gaps, by reason, and the offsets in them. */
  gaps: Map<string, number>;
  gapOffsets: number;
}

/**
 * One viewer's way through one channel, over all its connections (ORD-1, ORD-2, REC-1, REC-4, REC-6, LAN-1). Knows the
 * position that the next `since` must carry; keeps nothing else of what came.
 */
export class Follower {
  readonly viewer: string;
  readonly channel: string;
  readonly #ledger: Ledger;
  readonly #payloads: Payloads;
  readonly #figures: Figures;
  #position: Position | undefined;
  #connection = '';
  #open = false;
  /** Everything up to here was promised by `recovered: true`. */
  #promised = 0;
  /** The answer tells of a loss; this gap must be announced before anything else. */
  #owed: Range | undefined;
  /** Left out without a word; may still turn out to be a change of order. */
  #holes: Range[] = [];

  constructor(
    viewer: string,
    channel: string,
    shared: { ledger: Ledger; payloads: Payloads; figures: Figures },
  ) {
    this.viewer = viewer;
    this.channel = channel;
    this.#ledger = shared.ledger;
    this.#payloads = shared.payloads;
    this.#figures = shared.figures;
  }

  /** For `since`: the last that came, or undefined when it has to load anew. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Subscribed now, and not waiting for a gap that is owed. */
  get open(): boolean {
    return this.#open && this.#owed === undefined;
  }

  /** @param since what this subscribe carried */
  subscribed(connection: string, since: Position | undefined, answer: Answer): void {
    if (this.#open) this.#note('out of turn', 'subscribed twice');
    this.#open = true;
    this.#connection = connection;
    this.#promised = 0;
    const { epoch, offset, publications } = answer;
    const first = publications[0]?.offset;
    let before = first === undefined ? offset : first - 1;
    if (since) {
      this.#count(
        this.#figures.recoveries,
        answer.recovered === true ? 'complete' : (answer.reason ?? 'none'),
      );
      if (answer.recovered === true) {
        this.#checkPromise(since, answer);
        before = since.offset;
        this.#promised = offset;
      } else {
        this.#checkReason(since, answer);
        this.#owed = owedGap(since, answer, before);
      }
    }
    this.#position = { epoch, offset: before };
    for (const item of publications) this.#take(item);
  }

  publication(connection: string, item: Item): void {
    if (!this.#open || connection !== this.#connection) {
      this.#note('out of turn', `${item.offset} came over ${connection} while not subscribed`);
      return;
    }
    this.#missOwed();
    this.#take(item);
  }

  gap(connection: string, { epoch, from, to, reason }: Omit<Gap, 'type' | 'channel'>): void {
    const held = this.#position;
    if (!this.#open || connection !== this.#connection || held?.epoch !== epoch || to < from) {
      this.#note('out of turn', `gap ${from} to ${to} of ${epoch} over ${connection}`);
      return;
    }
    this.#count(this.#figures.gaps, reason);
    this.#figures.gapOffsets += to - from + 1;
    if (this.#owed) {
      if (from !== this.#owed.from || to !== this.#owed.to) {
        this.#note('silent gap', `owed ${words(this.#owed)}, told ${from} to ${to}`);
      }
      this.#owed = undefined;
      return;
    }
    if (from <= this.#promised)
      this.#note('false recovery', `gap ${from} to ${to}, ${this.#promised} promised`);
    if (from > held.offset + 1) this.#leaveHole(held.offset + 1, from - 1);
    if (from <= held.offset) this.#note('out of turn', `gap ${from} to ${to} after ${held.offset}`);
    this.#position = { epoch, offset: Math.max(held.offset, to) };
  }

  /** @param lost the numbering is over (41001): there is nothing to continue from */
  unsubscribed(lost: boolean): void {
    this.closed();
    if (lost) this.#position = undefined;
  }

  /** The connection ended, in whatever way. */
  closed(): void {
    this.#missOwed();
    for (const hole of this.#holes) this.#note('silent gap', words(hole), hole.to - hole.from + 1);
    this.#holes = [];
    this.#open = false;
  }

  #checkPromise(since: Position, { epoch, offset }: Answer): void {
    if (epoch === since.epoch && offset >= since.offset) return;
    this.#note('false recovery', `of ${since.epoch}/${since.offset} by ${epoch}/${offset}`);
  }

  #checkReason(since: Position, { epoch, offset, reason }: Answer): void {
    const right =
      epoch !== since.epoch
        ? reason === 'epoch'
        : since.offset > offset
          ? reason === 'ahead'
          : reason === 'trimmed' || reason === 'limit';
    if (!right)
      this.#note('wrong reason', `${reason} for ${since.epoch}/${since.offset} at ${epoch}/${offset}`);
  }

  #take({ offset, hash }: Item): void {
    const { epoch, offset: held } = this.#position!;
    this.#figures.deliveries += 1;
    this.#payloads.see(this.channel, { epoch, offset }, hash, this.#who);
    if (offset <= held) {
      this.#late(offset, held);
      return;
    }
    if (offset > held + 1) this.#leaveHole(held + 1, offset - 1);
    this.#position = { epoch, offset };
  }

  #leaveHole(from: number, to: number): void {
    if (from <= this.#promised) {
      this.#note('false recovery', `${from} is missing, ${this.#promised} was promised`);
    }
    this.#holes.push({ from, to });
  }

  #late(offset: number, held: number): void {
    const hole = this.#holes.find(({ from, to }) => from <= offset && offset <= to);
    if (!hole) {
      this.#note('duplicate', `${offset} again after ${held}`);
      return;
    }
    this.#note('reorder', `${offset} after ${held}`);
    const { from, to } = hole;
    const rest = [
      { from, to: offset - 1 },
      { from: offset + 1, to },
    ].filter((part) => part.from <= part.to);
    this.#holes = [...this.#holes.filter((one) => one !== hole), ...rest];
  }

  /** The owed gap had its chance. */
  #missOwed(): void {
    if (!this.#owed) return;
    this.#note(
      'silent gap',
      `${words(this.#owed)} after a recovery that failed`,
      this.#owed.to - this.#owed.from + 1,
    );
    this.#owed = undefined;
  }

  get #who(): string {
    return `${this.viewer} over ${this.#connection}, ${this.channel}`;
  }

  #note(kind: Parameters<Ledger['note']>[0], what: string, count?: number): void {
    this.#ledger.note(kind, `${this.#who}: ${what}`, count);
  }

  #count(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}

function owedGap(since: Position, { reason }: Answer, before: number): Range | undefined {
  if (reason !== 'trimmed' && reason !== 'limit') return undefined;
  return before > since.offset ? { from: since.offset + 1, to: before } : undefined;
}

function words({ from, to }: Range): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}
