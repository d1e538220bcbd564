import type { ReceiptsChanged } from '../../shared/api/announcements.ts';
import { can } from '../auth/authorise.ts';
import type { Bus } from '../bus/bus.ts';
import type { Connections } from './directory.ts';

/** An open report is told at most so often (ms). */
const INTERVAL_MS = 250;
/** Changed receipts in one message; more follow with the next. */
const RECEIPTS_MAX = 100;

interface CountsDeps {
  bus: Bus;
  connections: Connections;
  /** Reads the counts now, and the receipts of these people; undefined when the announcement is gone. */
  read(id: string, personIds: readonly string[]): Promise<ReceiptsChanged | undefined>;
  failed(cause: unknown): void;
}

/**
 * Tells the counts of an announcement live, as message `$receipts`, to every connection of those who may send: at once
 * after the first change, then at most four times a second. No subscription, as reports are few and senders too.
 */
export class LiveCounts {
  readonly #deps: CountsDeps;
  /** People whose receipts changed and were not told yet, by announcement; with an entry, its timer runs. */
  readonly #changed = new Map<string, Set<string>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(deps: CountsDeps) {
    this.#deps = deps;
  }

  /** Something changed: the counts or the state, and the receipts of these people. */
  changed(id: string, personIds: Iterable<string> = []): void {
    let waiting = this.#changed.get(id);
    if (!waiting) {
      waiting = new Set();
      this.#changed.set(id, waiting);
    }
    for (const personId of personIds) waiting.add(personId);
    if (!this.#timers.has(id)) this.#tell(id);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#changed.clear();
  }

  #tell(id: string): void {
    const waiting = this.#changed.get(id) ?? new Set<string>();
    const now = [...waiting].slice(0, RECEIPTS_MAX);
    for (const personId of now) waiting.delete(personId);
    if (waiting.size === 0) this.#changed.delete(id);
    this.#timers.set(id, setTimeout(() => this.#again(id), INTERVAL_MS).unref());
    this.#send(id, now).catch(this.#deps.failed);
  }

  #again(id: string): void {
    this.#timers.delete(id);
    if (this.#changed.has(id)) this.#tell(id);
  }

  async #send(id: string, personIds: readonly string[]): Promise<void> {
    const senders: string[] = [];
    for (const client of this.#deps.connections.clients())
      if (can(client.account, { do: 'announcement.manage' })) senders.push(client.id);
    if (senders.length === 0) return;
    const data = await this.#deps.read(id, personIds);
    if (!data) return;
    this.#deps.bus.publish('send', {
      to: { connections: senders },
      message: { type: 'message', event: '$receipts', data },
    });
  }
}
