import type { Announcement } from '../../shared/domain/announcement.ts';
import type { Database } from '../storage/database.ts';
import type { Delivery } from './delivery.ts';
import { type Connections, type Directory, isOnline } from './directory.ts';
import { newReceipt, type Receipt, recount } from './receipts.ts';
import * as receiptsRepo from './receipts-repo.ts';
import * as repo from './repo.ts';
import { isExcepted, keepsPresence, type Member, membersOf } from './targets.ts';
import type { StoredAnnouncement } from './transition.ts';

interface ChangesDeps {
  db: Database;
  delivery: Delivery;
  directory: Directory;
  connections: Connections;
  clock: () => number;
}

interface ChangeOptions {
  /** Open a new count of receipts; the old one is kept (ANN-3). */
  recount?: boolean;
  /** Bring it only to those who have not acknowledged. */
  nudge?: boolean;
}

interface Enlisted {
  /** Everybody it is aimed at now. */
  aimed: Receipt[];
  /** Those it was aimed at until now. */
  fallen: Receipt[];
  changed: Receipt[];
}

/**
 * Makes a change of an announcement true: announcement and receipts in one transaction, then everybody concerned is told.
 * Who decides that the change may be made has called `transition` before.
 */
export class Changes {
  readonly #deps: ChangesDeps;

  constructor(deps: ChangesDeps) {
    this.#deps = deps;
  }

  /**
   * @param before what is stored; undefined: it is new
   * @returns ids of the people whose receipts changed
   * @throws AppError `staleRevision` when it has changed since `before` was loaded
   */
  async apply(
    before: StoredAnnouncement | undefined,
    after: StoredAnnouncement,
    options: ChangeOptions = {},
  ): Promise<string[]> {
    const { db, directory, connections } = this.#deps;
    const wasLive = before?.announcement.state === 'live';
    const isLive = after.announcement.state === 'live';
    const aimsAnew = isLive && (!wasLive || targetChanged(before, after));
    const people = aimsAnew ? await directory.people() : [];

    const enlisted = await db.transaction().execute(async (trx): Promise<Enlisted> => {
      if (before) await repo.replace(trx, before, after);
      else await repo.insert(trx, after);
      if (!wasLive && !isLive) return { aimed: [], fallen: [], changed: [] };
      let known = before ? await receiptsRepo.allOf(trx, after.announcement.id) : [];
      if (before && options.recount) {
        await receiptsRepo.archive(trx, known, before.countRevision);
        known = known.map((receipt) => recount(receipt, this.#reachedAt(receipt.personId)));
      }
      const members = aimsAnew
        ? membersOf(after.announcement.target, people, connections.clients())
        : undefined;
      const enlisted = this.#enlist(before, after, known, members);
      const changed = options.recount ? [...new Set([...known, ...enlisted.changed])] : enlisted.changed;
      await receiptsRepo.save(trx, changed);
      return { ...enlisted, changed };
    });
    this.#deliver(before, after, enlisted, options);
    return enlisted.changed.map((receipt) => receipt.personId);
  }

  /** @param members whom the target reaches now; undefined: the target is what it was */
  #enlist(
    before: StoredAnnouncement | undefined,
    { announcement: { id, target } }: StoredAnnouncement,
    known: readonly Receipt[],
    members: Map<string, Member> | undefined,
  ): Enlisted {
    if (!members) return { aimed: known.filter((receipt) => receipt.included), fallen: [], changed: [] };
    const enlisted: Enlisted = { aimed: [], fallen: [], changed: [] };
    const presenceStays = before !== undefined && keepsPresence(before.announcement.target, target);
    const left = new Map(members);
    for (const receipt of known) {
      const member = left.get(receipt.personId);
      left.delete(receipt.personId);
      const stays =
        presenceStays &&
        receipt.included &&
        receipt.via === 'presence' &&
        !isExcepted(target, { id: receipt.personId, groups: receipt.groups });
      if (!member && !stays) {
        if (!receipt.included) continue;
        receipt.included = false;
        enlisted.fallen.push(receipt);
        enlisted.changed.push(receipt);
        continue;
      }
      receipt.via = member?.via ?? receipt.via;
      receipt.included = true;
      receipt.reachedAt ??= this.#reachedAt(receipt.personId);
      enlisted.aimed.push(receipt);
      enlisted.changed.push(receipt);
    }
    for (const member of left.values()) {
      const receipt = newReceipt(id, member, this.#reachedAt(member.id));
      enlisted.aimed.push(receipt);
      enlisted.changed.push(receipt);
    }
    return enlisted;
  }

  #reachedAt(personId: string): number | null {
    return isOnline(this.#deps.connections, personId) ? this.#deps.clock() : null;
  }

  #deliver(
    before: StoredAnnouncement | undefined,
    { announcement }: StoredAnnouncement,
    { aimed, fallen }: Enlisted,
    { nudge }: ChangeOptions,
  ): void {
    const { delivery } = this.#deps;
    if (before?.announcement.state !== 'live') {
      if (announcement.state === 'live') delivery.first(announcement, aimed);
      return;
    }
    if (nudge) {
      delivery.toPeople(
        announcement,
        aimed.filter((receipt) => receipt.rank !== 'acknowledged'),
      );
      return;
    }
    delivery.toPeople(announcement, aimed);
    delivery.toScreens(announcement, announcement.target);
    if (!targetChanged(before, { announcement })) return;
    // Whoever falls out gets what they had, not the text that is meant for others now.
    const withdrawn: Announcement = {
      ...before.announcement,
      revision: announcement.revision,
      state: 'retracted',
    };
    delivery.toPeople(withdrawn, fallen);
    delivery.toScreens(withdrawn, before.announcement.target, announcement.target);
  }
}

/** Whether it is aimed at others than before. */
export function targetChanged(
  before: Pick<StoredAnnouncement, 'announcement'> | undefined,
  after: Pick<StoredAnnouncement, 'announcement'>,
): boolean {
  return JSON.stringify(before?.announcement.target) !== JSON.stringify(after.announcement.target);
}
