import type { z } from 'zod';
import type { announcementsQuery } from '../../shared/api/announcements.ts';
import type { Announcement, DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { LiveCounts } from './counts.ts';
import { announcementMessage, type Delivery } from './delivery.ts';
import { type ConnectedClient, isPerson } from './directory.ts';
import type { Entry, Ledger } from './ledger.ts';
import { asDelivered, mineOf, type Receipt, type ReceiptReport } from './receipts.ts';
import * as receiptsRepo from './receipts-repo.ts';
import * as repo from './repo.ts';
import { isScreen } from './targets.ts';

export interface Greeting {
  /** Ids of what is in force for this connection; a client drops what is not among them (ANN-2). */
  inForce: string[];
  /** Those announcements themselves, oldest first. */
  messages: ServerMessage[];
}

interface InboxDeps {
  db: Database;
  ledger: Ledger;
  delivery: Delivery;
  liveCounts: LiveCounts;
  /** Everything in force, for whomever. */
  live: ReadonlyMap<string, Announcement>;
  clock: () => number;
}

const ended = new Set(['resolved', 'retracted', 'expired']);

/** What announcements are to those who get them. */
export class Inbox {
  readonly #deps: InboxDeps;

  constructor(deps: InboxDeps) {
    this.#deps = deps;
  }

  /** What a connection that arrives has to show. Ask after it was registered: what is sent from then on reaches it anyway. */
  async greet(client: ConnectedClient): Promise<Greeting> {
    if (this.#deps.live.size === 0) return { inForce: [], messages: [] };
    if (!isPerson(client)) {
      const shown = this.#forScreen(client);
      return {
        inForce: shown.map((one) => one.id),
        messages: shown.map((one) => announcementMessage(one)),
      };
    }
    const entries = await this.#attend(client.account, client);
    return {
      inForce: entries.map(({ stored }) => stored.announcement.id),
      messages: entries.map(({ stored, receipt }) => announcementMessage(stored.announcement, receipt)),
    };
  }

  /** A connection shows another board: what is aimed at that board's viewers reaches them now. */
  async onView(client: ConnectedClient): Promise<void> {
    const { board } = client;
    if (board === undefined) return;
    const aimedAtBoard = [...this.#deps.live.values()].some((one) => one.target.boards?.includes(board));
    if (!aimedAtBoard) return;
    if (!isPerson(client)) {
      for (const one of this.#forScreen(client))
        if (one.target.boards?.includes(board)) client.send(announcementMessage(one));
      return;
    }
    for (const { stored, receipt, joined } of await this.#attend(client.account, client))
      if (joined) this.#deps.delivery.toPeople(stored.announcement, [receipt]);
  }

  /**
   * Takes a report and tells all of the person's connections where they stand now.
   * @throws AppError `forbidden` (not a person), `notFound`, `malformed`, `staleRevision`, `conflict`
   */
  async report(account: Account, id: string, report: ReceiptReport): Promise<DeliveredAnnouncement['mine']> {
    requirePerson(account);
    const { ledger, delivery, liveCounts } = this.#deps;
    const { stored, receipt, changed } = await ledger.report(id, account.id, report);
    if (changed) {
      delivery.toPeople(stored.announcement, [receipt]);
      liveCounts.changed(id, [account.id]);
    }
    return mineOf(receipt);
  }

  /** What is in force for this person, and what reached them in the past, the newest first. */
  async list(
    account: Account,
    query: z.infer<typeof announcementsQuery>,
  ): Promise<{ announcements: DeliveredAnnouncement[]; next?: string }> {
    requirePerson(account);
    const inForce = await this.#attend(account);
    const ids = inForce.map(({ stored }) => stored.announcement.id);
    const { items, next } = await repo.listOf(this.#deps.db, account.id, ids, query, query);
    const receipts = await this.#receipts(
      account,
      items.map(({ announcement }) => announcement.id),
    );
    return {
      announcements: items.map(({ announcement }) =>
        asDelivered(announcement, receipts.get(announcement.id)),
      ),
      ...(next !== undefined && { next }),
    };
  }

  /** One of them. @throws AppError `notFound` also where it is aimed at others: that it exists is not theirs to know */
  async get(account: Account, id: string): Promise<DeliveredAnnouncement> {
    requirePerson(account);
    const inForce = await this.#attend(account);
    const current = inForce.find(({ stored }) => stored.announcement.id === id);
    if (current) return asDelivered(current.stored.announcement, current.receipt);
    const { announcement } = await repo.load(this.#deps.db, id);
    const receipt = (await this.#receipts(account, [id])).get(id);
    if (ended.has(announcement.state) && receipt && receipt.rank !== 'none')
      return asDelivered(announcement, receipt);
    throw new AppError('notFound', { message: 'There is no such announcement.' });
  }

  async #attend(account: Account, client?: ConnectedClient): Promise<Entry[]> {
    if (this.#deps.live.size === 0) return [];
    const entries = await this.#deps.ledger.attend(account, client);
    for (const { stored, changed } of entries)
      if (changed) this.#deps.liveCounts.changed(stored.announcement.id, [account.id]);
    return entries.filter(({ receipt }) => receipt.included);
  }

  #forScreen(client: ConnectedClient): Announcement[] {
    const now = this.#deps.clock();
    return [...this.#deps.live.values()].filter(
      ({ target, expiresAt }) => isScreen(target, client) && (expiresAt === undefined || expiresAt > now),
    );
  }

  async #receipts(account: Account, ids: readonly string[]): Promise<Map<string, Receipt>> {
    const receipts = await receiptsRepo.find(this.#deps.db, ids, [account.id]);
    return new Map(receipts.map((receipt) => [receipt.announcementId, receipt]));
  }
}

function requirePerson(account: Account): void {
  if (account.kind !== 'person')
    throw new AppError('forbidden', { message: 'Only people have announcements and receipts of their own.' });
}
