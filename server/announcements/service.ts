import type { z } from 'zod';
import type {
  AnnouncementWithCounts,
  announcementsQuery,
  createAnnouncement,
  ReceiptsReply,
  receiptsQuery,
  updateAnnouncement,
} from '../../shared/api/announcements.ts';
import type {
  Announcement,
  AnnouncementContent,
  DeliveredAnnouncement,
  Reach,
  Target,
} from '../../shared/domain/announcement.ts';
import type { Account } from '../auth/account.ts';
import { authorise, can } from '../auth/authorise.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../storage/database.ts';
import { Changes, targetChanged } from './changes.ts';
import { LiveCounts } from './counts.ts';
import { Delivery } from './delivery.ts';
import { type ConnectedClient, type Connections, type Directory, isPerson } from './directory.ts';
import { type Greeting, Inbox } from './inbox.ts';
import { Ledger } from './ledger.ts';
import { contentOf, draft, edit, end, nudge, passTime, sendAt } from './life.ts';
import { reachOf } from './reach.ts';
import type { ReceiptReport } from './receipts.ts';
import * as repo from './repo.ts';
import { Report } from './report.ts';
import { Scheduler } from './scheduler.ts';
import { type StoredAnnouncement, transition } from './transition.ts';
import { contentIssues, refuse, repeatIssues, resolveTarget } from './validate.ts';

export interface AnnouncementDeps {
  db: Database;
  bus: Bus;
  log: Pick<Logger, 'error'>;
  directory: Directory;
  /** The hub. */
  connections: Connections;
  /** ms since 1970 */
  clock: () => number;
}

/** Drafts, scheduled and live ones together: each arrival is told all that is in force for it. */
const OPEN_MAX = 1_000;

type NewAnnouncement = z.infer<typeof createAnnouncement>;
type AnnouncementPatch = z.infer<typeof updateAnnouncement>;
type Applied = Parameters<Changes['apply']>[2];

/** The life of announcements: who may do what to them, and what happens to them by itself. */
export class AnnouncementService {
  readonly #deps: AnnouncementDeps;
  readonly #live = new Map<string, Announcement>();
  readonly #changes: Changes;
  readonly #ledger: Ledger;
  readonly #inbox: Inbox;
  readonly #report: Report;
  readonly #liveCounts: LiveCounts;
  readonly #scheduler: Scheduler;
  #stopViews: (() => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: AnnouncementDeps) {
    const { db, bus, connections, clock } = deps;
    this.#deps = deps;
    const failed = (cause: unknown): void =>
      deps.log.error({ err: cause }, 'announcements: work in the background failed');
    const delivery = new Delivery(bus, connections);
    const report = new Report(db, connections);
    this.#report = report;
    this.#changes = new Changes({ ...deps, delivery });
    this.#ledger = new Ledger(db, clock);
    this.#liveCounts = new LiveCounts({
      bus,
      connections,
      read: (id, personIds) => report.changed(id, personIds),
      failed,
    });
    this.#scheduler = new Scheduler({ clock, runDue: () => this.runDue(), failed });
    this.#inbox = new Inbox({
      db,
      ledger: this.#ledger,
      delivery,
      liveCounts: this.#liveCounts,
      live: this.#live,
      clock,
    });
  }

  /** Reads what is in force and catches up with what became due while nothing ran. Call it before connections come. */
  async start(): Promise<void> {
    for (const { announcement } of await repo.loadLiveAnd(this.#deps.db, []))
      this.#live.set(announcement.id, announcement);
    this.#stopViews = this.#deps.connections.on('view', (client) => this.#boardOpened(client));
    await this.#scheduler.start();
  }

  /** Ends timers and listening, and waits for what is being written. */
  async stop(): Promise<void> {
    this.#stopViews?.();
    await this.#scheduler.stop();
    await this.#last;
    await this.#ledger.idle();
    this.#liveCounts.stop();
  }

  /** Sends at once, after a hold in which it can be undone, or later; or keeps a draft. @see docs/protocol.md ANN-4 */
  async create(account: Account, input: NewAnnouncement): Promise<Announcement> {
    authorise(account, { do: 'announcement.send' });
    const { holdMs = 0, draft: asDraft, ...written } = input;
    return this.#inTurn(async () => {
      const now = this.#deps.clock();
      const content = await this.#checked(written, written, now);
      if ((await repo.countOpen(this.#deps.db)) >= OPEN_MAX)
        throw new AppError('conflict', {
          message: `${OPEN_MAX} announcements are open: end some, or let them expire.`,
        });
      const made = draft(content, { id: account.id, name: account.name }, now);
      const at = Math.max(content.startsAt ?? now, now + holdMs);
      return this.#apply(undefined, asDraft ? made : sendAt(made, at, now));
    });
  }

  /**
   * Edits, extends, resolves, or sends what waits.
   * @param expected the revision that the change was made from
   */
  async update(
    account: Account,
    id: string,
    patch: AnnouncementPatch,
    expected?: number,
  ): Promise<Announcement> {
    authorise(account, { do: 'announcement.manage' });
    return this.#inTurn(async () => {
      const before = await repo.load(this.#deps.db, id);
      requireRevision(expected, before);
      const recount =
        patch.renotify === true && before.announcement.state === 'live' && patch.state !== 'resolved';
      const after = await this.#edited(before, patch, recount);
      return after === before ? before.announcement : this.#apply(before, after, { recount });
    });
  }

  /** Takes it back: who has it loses it, who was away never gets it (ANN-1). */
  async retract(account: Account, id: string, reason?: string, expected?: number): Promise<Announcement> {
    authorise(account, { do: 'announcement.manage' });
    return this.#inTurn(async () => {
      const before = await repo.load(this.#deps.db, id);
      requireRevision(expected, before);
      const after = end(before, 'retract', this.#deps.clock(), reason);
      if (before.announcement.state === after.announcement.state) return before.announcement;
      return this.#apply(before, after);
    });
  }

  /** Asks those again who have not acknowledged. */
  async nudge(account: Account, id: string): Promise<Announcement> {
    authorise(account, { do: 'announcement.manage' });
    return this.#inTurn(async () => {
      const before = await repo.load(this.#deps.db, id);
      return this.#apply(before, nudge(before), { nudge: true });
    });
  }

  /** Removes what nobody was shown: a draft, or one that waits. */
  async remove(account: Account, id: string, expected?: number): Promise<void> {
    authorise(account, { do: 'announcement.manage' });
    return this.#inTurn(async () => {
      const before = await repo.load(this.#deps.db, id);
      requireRevision(expected, before);
      transition(before.announcement.state, 'delete');
      await repo.remove(this.#deps.db, id);
    });
  }

  /** Counts an audience without sending. */
  async reach(account: Account, target: Target): Promise<Reach> {
    authorise(account, { do: 'announcement.send' });
    const known = await this.#known();
    const { target: resolved, issues } = resolveTarget(target, known, 'target');
    refuse(issues);
    return reachOf(resolved, { ...known, clients: [...this.#deps.connections.clients()] });
  }

  /** All of them to those who send, to everybody else what is aimed at them; `scope` asks for one or the other. */
  async list(
    account: Account,
    query: z.infer<typeof announcementsQuery>,
  ): Promise<{ announcements: (AnnouncementWithCounts | DeliveredAnnouncement)[]; next?: string }> {
    const scope = query.scope ?? (can(account, { do: 'announcement.manage' }) ? 'all' : 'mine');
    if (scope === 'mine') return this.#inbox.list(account, query);
    authorise(account, { do: 'announcement.manage' });
    const { items, next } = await repo.list(this.#deps.db, query, query);
    const counts = await this.#report.counts(items.map(({ announcement }) => announcement.id));
    return {
      announcements: items.map(({ announcement }) => ({ ...announcement, counts: counts(announcement.id) })),
      ...(next !== undefined && { next }),
    };
  }

  /** @throws AppError `notFound`, also for what is aimed at others */
  async get(account: Account, id: string): Promise<AnnouncementWithCounts | DeliveredAnnouncement> {
    if (!can(account, { do: 'announcement.manage' })) return this.#inbox.get(account, id);
    const { announcement } = await repo.load(this.#deps.db, id);
    const counts = await this.#report.counts([id]);
    return { ...announcement, counts: counts(id) };
  }

  async receipts(account: Account, id: string, query: z.infer<typeof receiptsQuery>): Promise<ReceiptsReply> {
    authorise(account, { do: 'announcement.manage' });
    return this.#report.page(id, query);
  }

  async receive(account: Account, id: string, report: ReceiptReport): Promise<DeliveredAnnouncement['mine']> {
    return this.#inbox.report(account, id, report);
  }

  greet(client: ConnectedClient): Promise<Greeting> {
    return this.#inbox.greet(client);
  }

  onView(client: ConnectedClient): Promise<void> {
    return this.#inbox.onView(client);
  }

  /** The announcement after a patch; `before` itself where the patch changes nothing. */
  async #edited(
    before: StoredAnnouncement,
    { state, renotify: _, ...patch }: AnnouncementPatch,
    recount: boolean,
  ): Promise<StoredAnnouncement> {
    const now = this.#deps.clock();
    const old = contentOf(before);
    const was = before.announcement.state;
    const sends = state === 'live' && was !== 'live';
    const given = withoutValue(patch, undefined);
    const merged = withoutValue({ ...old, ...given }, null) as AnnouncementContent;
    const content = await this.#checked(merged, sends ? merged : given, now);
    const moved = content.startsAt !== old.startsAt;
    if (moved && was === 'live') throw fieldError('malformed', 'startsAt', 'it has started already');
    const same = JSON.stringify(content) === JSON.stringify(old);
    if (same && !recount && (state === undefined || state === was)) return before;

    const event = state === 'resolved' ? 'resolve' : 'edit';
    const edited = edit(before, content, { now, event, recount });
    const startsAt = content.startsAt ?? now;
    // Sending what is scheduled already means now, unless the same patch names another time.
    if (sends) return sendAt(edited, was === 'draft' || moved ? startsAt : now, now);
    if (was === 'scheduled' && moved) return sendAt(edited, startsAt, now);
    return edited;
  }

  /** The content with a resolved target. @throws AppError `malformed` naming every field that cannot be so */
  async #checked(
    content: AnnouncementContent,
    given: Partial<Record<keyof AnnouncementContent, unknown>>,
    now: number,
  ): Promise<AnnouncementContent> {
    const issues = contentIssues(content, given, now);
    if (given.target === undefined && given.repeat === undefined) {
      refuse(issues);
      return content;
    }
    const known = await this.#known();
    const { target, issues: unknown } = resolveTarget(content.target, known, 'target');
    refuse([
      ...issues,
      ...(given.target === undefined ? [] : unknown),
      ...repeatIssues(content, known.groups),
    ]);
    return given.target === undefined ? content : { ...content, target };
  }

  async #known() {
    const { directory } = this.#deps;
    const [people, groups, boards] = await Promise.all([
      directory.people(),
      directory.groups(),
      directory.boards(),
    ]);
    return { people, groups, boards };
  }

  async #apply(
    before: StoredAnnouncement | undefined,
    after: StoredAnnouncement,
    options?: Applied,
  ): Promise<Announcement> {
    const { announcement } = after;
    const changed = await this.#changes.apply(before, after, options);
    if (announcement.state === 'live') this.#live.set(announcement.id, announcement);
    else this.#live.delete(announcement.id);
    this.#reachLateViewers(before, after, changed);
    this.#liveCounts.changed(announcement.id, changed);
    void this.#scheduler.wake();
    return announcement;
  }

  /** Whoever opened a board that it is aimed at while it was written down was in neither count. */
  #reachLateViewers(
    before: StoredAnnouncement | undefined,
    after: StoredAnnouncement,
    reached: readonly string[],
  ): void {
    const { state, target } = after.announcement;
    const { boards } = target;
    if (state !== 'live' || !boards?.length) return;
    if (before?.announcement.state === 'live' && !targetChanged(before, after)) return;
    const already = new Set(reached);
    for (const client of this.#deps.connections.clients()) {
      const late = isPerson(client) && !already.has(client.account.id);
      if (late && boards.includes(client.board ?? '')) this.#boardOpened(client);
    }
  }

  #boardOpened(client: ConnectedClient): void {
    this.onView(client).catch((cause: unknown) =>
      this.#deps.log.error({ err: cause }, 'announcements: a board was opened in vain'),
    );
  }

  /** Does what time has brought, and says when the next thing is due (ms since 1970). The timer calls it. */
  async runDue(): Promise<number | undefined> {
    const { db, clock } = this.#deps;
    const failures: unknown[] = [];
    for (const id of await repo.due(db, clock())) {
      await this.#inTurn(() => this.#pass(id)).catch((cause: unknown) => failures.push(cause));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'announcements could not be moved on');
    return repo.earliest(db);
  }

  async #pass(id: string): Promise<void> {
    const [stored] = await repo.find(this.#deps.db, [id]);
    if (!stored) return;
    const { targeted, acknowledged } = (await this.#report.counts([id]))(id);
    const passed = passTime(stored, this.#deps.clock(), targeted - acknowledged);
    if (passed) await this.#apply(stored, passed.after, { nudge: passed.nudge });
  }

  /** One change after the other, so that each is decided on what the last one left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function withoutValue<T extends object>(fields: T, value: null | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== value)) as Partial<T>;
}

function requireRevision(expected: number | undefined, { announcement }: StoredAnnouncement): void {
  if (expected !== undefined && expected !== announcement.revision) throw new AppError('staleRevision');
}
