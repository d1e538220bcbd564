import { AppError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { ConnectedClient } from './directory.ts';
import { advance, checkReport, newReceipt, type Receipt, type ReceiptReport } from './receipts.ts';
import * as receiptsRepo from './receipts-repo.ts';
import * as repo from './repo.ts';
import { membershipOf } from './targets.ts';
import type { StoredAnnouncement } from './transition.ts';

interface Somebody {
  id: string;
  name: string;
  groups: readonly string[];
}

/** Somebody who arrived, opened a board, or asks: what is in force for them is found out anew. */
interface Attendance {
  kind: 'attendance';
  person: Somebody;
  /** The connection that they arrived on; without one nothing is reached. */
  client?: Pick<ConnectedClient, 'board' | 'tags'>;
}

interface Report {
  kind: 'report';
  announcementId: string;
  personId: string;
  report: ReceiptReport;
}

/** One announcement and where one person stands with it, after the change. */
export interface Entry {
  stored: StoredAnnouncement;
  receipt: Receipt;
  /** Something about the receipt changed. */
  changed: boolean;
  /** It was not aimed at them before. */
  joined: boolean;
}

type Job = { work: Attendance | Report; done(entries: Entry[]): void; failed(cause: unknown): void };

/** Jobs of one transaction: enough to share a commit, few enough to let others have the database. */
const JOBS_MAX = 500;

/**
 * Keeps the receipts. Whatever waits while a transaction runs shares the next one: when a thousand screens confirm an
 * announcement in the same moment, the disk is asked a few times and not a thousand times.
 */
export class Ledger {
  readonly #db: Database;
  readonly #clock: () => number;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;

  constructor(db: Database, clock: () => number) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * What is in force for a person now, oldest first. Takes them in where they have become a member since it was sent, and
   * out where they no longer are one: those entries come too, with a receipt that is not `included` (ANN-2).
   */
  attend(person: Somebody, client?: Pick<ConnectedClient, 'board' | 'tags'>): Promise<Entry[]> {
    return this.#enqueue({ kind: 'attendance', person, ...(client && { client }) });
  }

  /**
   * Takes a person's report of one announcement.
   * @throws AppError `notFound` where it is not aimed at them, and what `checkReport` throws
   */
  async report(announcementId: string, personId: string, report: ReceiptReport): Promise<Entry> {
    const [entry] = await this.#enqueue({ kind: 'report', announcementId, personId, report });
    return entry!;
  }

  /** Resolves when everything that was asked for is kept. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #enqueue(work: Job['work']): Promise<Entry[]> {
    return new Promise((done, failed) => {
      this.#waiting.push({ work, done, failed });
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      let jobs: Job[] = [];
      try {
        const settle = await this.#db.transaction().execute((trx) => {
          jobs = this.#waiting.splice(0, JOBS_MAX);
          return this.#book(trx, jobs);
        });
        for (const one of settle) one();
      } catch (cause) {
        // The database was not to be had: whoever waits is told, instead of waiting with it.
        if (jobs.length === 0) jobs = this.#waiting.splice(0);
        for (const job of jobs) job.failed(cause);
      }
    }
    this.#running = undefined;
  }

  /** @returns what to tell each job once the transaction is kept */
  async #book(db: Database, jobs: readonly Job[]): Promise<(() => void)[]> {
    const named = new Set<string>();
    const personIds = new Set<string>();
    for (const { work } of jobs) {
      personIds.add(work.kind === 'report' ? work.personId : work.person.id);
      if (work.kind === 'report') named.add(work.announcementId);
    }
    const announcements = await repo.loadLiveAnd(db, [...named]);
    const ids = announcements.map(({ announcement }) => announcement.id);
    const receipts = new Map<string, Receipt>();
    for (const receipt of await receiptsRepo.find(db, ids, [...personIds]))
      receipts.set(keyOf(receipt.announcementId, receipt.personId), receipt);

    const page = new OpenPage(announcements, receipts, this.#clock());
    const settle = jobs.map(({ work, done, failed }) => {
      try {
        const entries = work.kind === 'report' ? [page.report(work)] : page.attend(work);
        return () => done(entries);
      } catch (cause) {
        return () => failed(cause);
      }
    });
    await receiptsRepo.save(db, [...page.changed]);
    return settle;
  }
}

const keyOf = (announcementId: string, personId: string): string => `${announcementId} ${personId}`;

/** The announcements and receipts of one transaction, in memory. */
class OpenPage {
  readonly #announcements: readonly StoredAnnouncement[];
  readonly #receipts: Map<string, Receipt>;
  readonly #now: number;
  readonly changed = new Set<Receipt>();

  constructor(announcements: readonly StoredAnnouncement[], receipts: Map<string, Receipt>, now: number) {
    this.#announcements = announcements;
    this.#receipts = receipts;
    this.#now = now;
  }

  attend({ person, client }: Attendance): Entry[] {
    const entries: Entry[] = [];
    for (const stored of this.#announcements) {
      const { id, state, target, expiresAt } = stored.announcement;
      if (state !== 'live' || (expiresAt !== undefined && expiresAt <= this.#now)) continue;
      const key = keyOf(id, person.id);
      const before = this.#receipts.get(key);
      const via = membershipOf(target, person, client, before?.included ? before.via : undefined);
      if (via === undefined) {
        if (!before?.included) continue;
        before.included = false;
        this.changed.add(before);
        entries.push({ stored, receipt: before, changed: true, joined: false });
        continue;
      }
      const receipt = before ?? newReceipt(id, { ...person, via }, null);
      const joined = !before?.included;
      const reached = client !== undefined && receipt.reachedAt === null;
      const changed = joined || reached || receipt.via !== via;
      if (changed) {
        this.#receipts.set(key, receipt);
        Object.assign(receipt, { included: true, via, ...(reached && { reachedAt: this.#now }) });
        this.changed.add(receipt);
      }
      entries.push({ stored, receipt, changed, joined });
    }
    return entries;
  }

  report({ announcementId, personId, report }: Report): Entry {
    const stored = this.#announcements.find(({ announcement }) => announcement.id === announcementId);
    const receipt = this.#receipts.get(keyOf(announcementId, personId));
    if (!stored || !receipt?.included)
      throw new AppError('notFound', { message: 'There is no such announcement for you.' });
    checkReport(stored.announcement, stored.countRevision, receipt, report);
    const lateAt = stored.announcement.acknowledge?.lateAt;
    const changed = advance(receipt, report, this.#now, lateAt);
    if (changed) this.changed.add(receipt);
    return { stored, receipt, changed, joined: false };
  }
}
