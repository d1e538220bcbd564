import type { ReceiptState } from '../../shared/domain/announcement.ts';
import type { ClientMessage } from '../../shared/protocol/client-messages.ts';
import type { Settle } from './requests.ts';
import { type Intent, RequestError, type RequestMessage } from './types.ts';

export type Receipt = RequestMessage<'receipt'>;

/** Beyond it the oldest go: a page that is offline for days must not grow. */
const RECEIPTS_MAX = 200;

const RANK: Record<ReceiptState, number> = { deferred: 0, delivered: 1, seen: 2, acknowledged: 3 };

export interface IntentDeps {
  ask(message: ClientMessage, settle: Settle): ClientMessage;
  send(message: ClientMessage): void;
  after(ms: number, run: () => void): () => void;
  report(problem: unknown): void;
  /** All that waits, whenever that changed, so that it can outlive the page. */
  keep(waiting: readonly Receipt[]): void;
}

/** A server that was too busy for a receipt is asked again after this, unless it names a time. */
const RETRY_MS = 5_000;

/**
 * What a person did that must reach the server, however late: receipts, and which board this screen shows. Both may
 * be sent twice without harm, so a receipt stays here until the server said `ok`.
 */
export class Intents {
  readonly #deps: IntentDeps;
  readonly #receipts = new Map<string, Receipt>();
  #view: RequestMessage<'view'> | undefined;
  #up = false;

  constructor(deps: IntentDeps) {
    this.#deps = deps;
  }

  /** Receipts that the server has not confirmed. */
  get waiting(): readonly Receipt[] {
    return [...this.#receipts.values()];
  }

  /** What this person did before the page was loaded anew; what was done since stands above it. */
  restore(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) this.add(receipt);
  }

  add(intent: Intent): void {
    if (intent.type === 'view') {
      this.#view = intent;
      if (this.#up) this.#deps.send(intent);
      return;
    }
    const key = keyOf(intent);
    const held = this.#receipts.get(key);
    if (held !== undefined && RANK[held.state] >= RANK[intent.state]) return;
    this.#receipts.delete(key);
    this.#receipts.set(key, intent);
    this.#bound();
    this.#deps.keep(this.waiting);
    if (this.#up) this.#send(key, intent);
  }

  /** The line is up: a connection begins without a view, and without what was lost on the way. */
  flush(): void {
    this.#up = true;
    if (this.#view !== undefined) this.#deps.send(this.#view);
    for (const [key, receipt] of this.#receipts) this.#send(key, receipt);
  }

  down(): void {
    this.#up = false;
  }

  /** Another person may sit here next. */
  clear(): void {
    this.#view = undefined;
    this.clearReceipts();
  }

  /** The same, on a page that shows the same board to whoever it is. */
  clearReceipts(): void {
    this.#receipts.clear();
    this.#deps.keep([]);
  }

  #send(key: string, receipt: Receipt): void {
    const asked = this.#deps.ask(receipt, (answer) => {
      if (this.#receipts.get(key) !== receipt) return;
      // A line that broke is flushed again when it is back.
      if (answer instanceof RequestError && answer.reason === 'offline') return;
      if (answer instanceof RequestError && answer.retry) {
        this.#deps.after(answer.retryAfterMs ?? RETRY_MS, () => {
          if (this.#up && this.#receipts.get(key) === receipt) this.#send(key, receipt);
        });
        return;
      }
      this.#receipts.delete(key);
      this.#deps.keep(this.waiting);
      if (answer instanceof RequestError) this.#deps.report(answer);
    });
    this.#deps.send(asked);
  }

  #bound(): void {
    if (this.#receipts.size <= RECEIPTS_MAX) return;
    const [oldest] = this.#receipts.keys();
    if (oldest === undefined) return;
    this.#receipts.delete(oldest);
    this.#deps.report(new Error(`More than ${RECEIPTS_MAX} receipts wait; the oldest was dropped.`));
  }
}

/** Deferring is a time, not a rank: it neither replaces a receipt nor is replaced by one. */
function keyOf({ announcement, revision, state }: Receipt): string {
  return `${announcement} ${revision}${state === 'deferred' ? ' deferred' : ''}`;
}
