import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { z } from 'zod';
import type { createAnnouncement, ReceiptsChanged } from '../../shared/api/announcements.ts';
import type { Role } from '../../shared/domain/account.ts';
import type { Announcement, DeliveredAnnouncement, ReceiptCounts } from '../../shared/domain/announcement.ts';
import type { ConnectionKind } from '../../shared/domain/connection.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import type { Recipients } from '../bus/bus.ts';
import { LocalBus } from '../bus/local-bus.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrate.ts';
import type { ConnectedClient, Connections, DirectoryPerson } from './directory.ts';
import type { ReceiptReport } from './receipts.ts';
import { AnnouncementService } from './service.ts';

interface ScreenDetails {
  kind?: ConnectionKind;
  tags?: string[];
  device?: string;
}

/** A connection that remembers what it got. */
export class Screen implements ConnectedClient {
  readonly id: string;
  readonly account: Account;
  readonly kind: ConnectionKind;
  readonly tags: readonly string[];
  readonly device: string;
  board?: string | undefined;
  readonly messages: ServerMessage[] = [];
  inForce: string[] = [];

  constructor(id: string, account: Account, { kind = 'browser', tags = [], device = 'Test' }: ScreenDetails) {
    this.id = id;
    this.account = account;
    this.kind = kind;
    this.tags = tags;
    this.device = device;
  }

  send(message: ServerMessage): void {
    this.messages.push(message);
  }

  get announcements(): DeliveredAnnouncement[] {
    return this.messages.flatMap((one) => (one.type === 'announcement' ? [one.announcement] : []));
  }

  /** The newest version of each announcement that it got: `title state mine`. */
  get shown(): string[] {
    const newest = new Map(this.announcements.map((one) => [one.id, one]));
    return [...newest.values()].map(({ title, state, mine }) => `${title} ${state} ${mine.state}`);
  }

  get reports(): ReceiptsChanged[] {
    return this.messages.flatMap((one) =>
      one.type === 'message' && one.event === '$receipts' ? [one.data as ReceiptsChanged] : [],
    );
  }
}

/** Stands for the hub: keeps connections and brings them what the bus sends. */
class Switchboard implements Connections {
  readonly #screens = new Map<string, Screen>();
  readonly #listeners = new Map<string, Set<(client: ConnectedClient) => void>>();

  clients(): Iterable<Screen> {
    return this.#screens.values();
  }

  clientsOf(accountId: string): Screen[] {
    return [...this.#screens.values()].filter((screen) => screen.account.id === accountId);
  }

  on(event: 'register' | 'view', listener: (client: ConnectedClient) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set.add(listener));
    return () => set.delete(listener);
  }

  add(screen: Screen): void {
    this.#screens.set(screen.id, screen);
  }

  remove(screen: Screen): void {
    this.#screens.delete(screen.id);
  }

  view(screen: Screen, board: string | undefined): void {
    screen.board = board;
    for (const listener of this.#listeners.get('view') ?? []) listener(screen);
  }

  send(to: Recipients, message: ServerMessage): void {
    for (const screen of this.#screens.values()) {
      const meant =
        to.everyone || to.people?.includes(screen.account.id) || to.connections?.includes(screen.id);
      if (meant) screen.send(message);
    }
  }
}

export const MORNING = Date.UTC(2026, 10, 23, 8);

/** A place with people, a real database and the service; its clock stands still until it is moved. */
export class Place {
  readonly bus = new LocalBus();
  readonly hub = new Switchboard();
  readonly people = new Map<string, DirectoryPerson>();
  readonly errors: unknown[] = [];
  now = MORNING;
  #folder: string;
  #db: Database | undefined;
  #service: AnnouncementService | undefined;
  #connections = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.bus.on('send', ({ to, message }) => this.hub.send(to, message));
  }

  /** Ana announces. Bob and Carol are viewers, Bob at the docks. Dan is disabled. */
  static async open(): Promise<Place> {
    const place = new Place(mkdtempSync(join(tmpdir(), 'callboard-announcements-')));
    place.addPerson('ana', []);
    place.addPerson('bob', ['docks']);
    place.addPerson('carol', ['gates']);
    place.addPerson('dan', ['docks'], true);
    await place.start();
    return place;
  }

  get service(): AnnouncementService {
    return this.#service!;
  }

  get db(): Database {
    return this.#db!;
  }

  async start(): Promise<void> {
    this.#db = await openDatabase(join(this.#folder, 'app.db'));
    await migrate(this.#db);
    this.#service = new AnnouncementService({
      db: this.#db,
      bus: this.bus,
      log: { error: (detail: unknown) => void this.errors.push(detail) },
      directory: {
        people: async () => [...this.people.values()],
        groups: async () => ['docks', 'gates', 'on-leave'].map((id) => ({ id, name: `The ${id}` })),
        boards: async () => ['quay', 'yard'].map((id) => ({ id, name: `The ${id}` })),
      },
      connections: this.hub,
      clock: () => this.now,
    });
    await this.#service.start();
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    await this.#db?.destroy();
  }

  /** Stops and starts on the same data, as after a restart; every connection is gone. */
  async restart(): Promise<void> {
    for (const screen of [...this.hub.clients()]) this.hub.remove(screen);
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }

  addPerson(id: string, groups: string[], disabled = false): void {
    const name = id.slice(0, 1).toUpperCase() + id.slice(1);
    this.people.set(id, { id, login: `${id}.login`, name, groups, disabled });
  }

  account(id: string): Account {
    const person = this.people.get(id);
    if (!person) return { id: `key:${id}`, kind: 'key', name: id, role: 'viewer', groups: [] };
    const role: Role = id === 'ana' ? 'announcer' : 'viewer';
    return { id, kind: 'person', name: person.name, role, groups: person.groups };
  }

  /** Connects somebody, as the transport does it: registered first, then greeted. Unknown names are keys. */
  async connect(id: string, details: ScreenDetails = {}): Promise<Screen> {
    this.#connections += 1;
    const screen = new Screen(`${id}-${this.#connections}`, this.account(id), details);
    this.hub.add(screen);
    const { inForce, messages } = await this.service.greet(screen);
    screen.inForce = inForce;
    screen.messages.push(...messages);
    return screen;
  }

  /** Ana sends it; what is not given is plain. */
  send(input: Partial<z.input<typeof createAnnouncement>> = {}): Promise<Announcement> {
    const { body = '', ...rest } = input;
    return this.service.create(this.account('ana'), {
      severity: 'info',
      title: 'Tide',
      target: { everyone: true },
      body,
      ...rest,
    });
  }

  report(personId: string, one: { id: string; revision: number }, report: Partial<ReceiptReport> = {}) {
    return this.service.receive(this.account(personId), one.id, {
      revision: one.revision,
      state: 'acknowledged',
      ...report,
    });
  }

  async counts(id: string): Promise<ReceiptCounts> {
    return (await this.service.receipts(this.account('ana'), id, { limit: 100 })).counts;
  }

  /** Waits until something holds that comes by a timer or another thread. */
  until(holds: () => void): Promise<void> {
    return vi.waitFor(holds, { timeout: 5_000, interval: 5 });
  }
}
