import type { z } from 'zod';
import type { ReceiptsChanged, ReceiptsReply, receiptsQuery } from '../../shared/api/announcements.ts';
import type { ReceiptCounts, ReceiptRow } from '../../shared/domain/announcement.ts';
import type { Database } from '../storage/database.ts';
import { type Connections, isOnline } from './directory.ts';
import type { Receipt } from './receipts.ts';
import * as receiptsRepo from './receipts-repo.ts';
import * as repo from './repo.ts';

const NOBODY: ReceiptCounts = {
  targeted: 0,
  delivered: 0,
  seen: 0,
  acknowledged: 0,
  late: 0,
  unreachable: 0,
};

/** Who has an announcement, as its sender sees it. */
export class Report {
  readonly #db: Database;
  readonly #connections: Connections;

  constructor(db: Database, connections: Connections) {
    this.#db = db;
    this.#connections = connections;
  }

  /** Counts of each of these announcements. */
  async counts(ids: readonly string[]): Promise<(id: string) => ReceiptCounts> {
    const counted = await receiptsRepo.counts(this.#db, ids);
    return (id) => counted.get(id) ?? NOBODY;
  }

  /** One page of receipts, by name. @throws AppError `notFound` */
  async page(id: string, query: z.infer<typeof receiptsQuery>): Promise<ReceiptsReply> {
    await repo.load(this.#db, id);
    const { receipts, next } = await receiptsRepo.list(this.#db, id, query);
    const counts = await this.counts([id]);
    return {
      counts: counts(id),
      receipts: receipts.map((receipt) => this.#row(receipt)),
      ...(next !== undefined && { next }),
    };
  }

  /** What an open report has to know after a change of these people's receipts. */
  async changed(id: string, personIds: readonly string[]): Promise<ReceiptsChanged | undefined> {
    const stored = (await repo.find(this.#db, [id]))[0];
    if (!stored) return undefined;
    const receipts = await receiptsRepo.find(this.#db, [id], personIds);
    const counts = await this.counts([id]);
    return {
      id,
      revision: stored.announcement.revision,
      state: stored.announcement.state,
      counts: counts(id),
      receipts: receipts.filter((receipt) => receipt.included).map((receipt) => this.#row(receipt)),
    };
  }

  #row(receipt: Receipt): ReceiptRow {
    return {
      person: { id: receipt.personId, name: receipt.name, groups: [...receipt.groups] },
      state: receipt.rank,
      online: isOnline(this.#connections, receipt.personId),
      late: receipt.late,
      ...(receipt.deliveredAt !== null && { deliveredAt: receipt.deliveredAt }),
      ...(receipt.seenAt !== null && { seenAt: receipt.seenAt }),
      ...(receipt.deferredAt !== null && { deferredAt: receipt.deferredAt }),
      ...(receipt.acknowledgedAt !== null && { acknowledgedAt: receipt.acknowledgedAt }),
      ...(receipt.answer !== null && { answer: receipt.answer }),
      ...(receipt.device !== null && { device: receipt.device }),
    };
  }
}
