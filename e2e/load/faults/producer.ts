import type { PublishReply } from '../../../shared/api/publications.ts';
import type { Checker } from './checker.ts';
import { hashOf } from './hash.ts';
import { between, type Random } from './random.ts';

export interface ProducerOptions {
  name: string;
  channel: string;
  /** `http://…`, the way through the proxy. */
  url: string;
  key: string;
  checker: Checker;
  random: Random;
  /** On average between two requests. */
  everyMs: number;
}

/** What a key is said to stand for in a conflated channel. */
const NODES = 20;
const BATCH_MAX = 4;
const ANSWER_WITHIN_MS = 5_000;
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 1_000;
/** So many of the requests whose end is unknown are not tried again. */
const GIVES_UP = 0.1;
/** Longer than any restart. */
const PATIENCE_MS = 60_000;

interface Item {
  channel: string;
  key: string;
  data: unknown;
}

/** `unknown`: no answer came, it may be kept or not. */
type Outcome = 'acknowledged' | 'refused' | 'unknown';

/**
 * Publishes batches over HTTP, one after the other, and tries again with the same idempotency keys until the answer is
 * clear; now and then it gives up, as programs do.
 */
export class Producer {
  /** Resolves after `stop`, when the last batch has been answered. */
  readonly done: Promise<void>;
  retries = 0;
  duplicates = 0;
  readonly #options: ProducerOptions;
  #sent = 0;
  #stopping = false;

  constructor(options: ProducerOptions) {
    this.#options = options;
    this.done = this.#run();
  }

  stop(): void {
    this.#stopping = true;
  }

  async #run(): Promise<void> {
    const { random, everyMs } = this.#options;
    while (!this.#stopping) {
      await sleep(everyMs * between(random, 0.5, 1.5));
      await this.#publish(this.#batch());
    }
  }

  #batch(): Item[] {
    const { name, channel, random, checker } = this.#options;
    return Array.from({ length: Math.ceil(between(random, 0, BATCH_MAX)) }, () => {
      this.#sent += 1;
      const key = `${name}-${this.#sent}`;
      const data = { from: name, n: this.#sent, node: this.#sent % NODES };
      checker.sent({ producer: name, channel, key, hash: hashOf(data) });
      return { channel, key, data };
    });
  }

  async #publish(batch: Item[]): Promise<void> {
    const { random, checker } = this.#options;
    const deadline = performance.now() + PATIENCE_MS;
    const givesUp = random() < GIVES_UP;
    const uncertain = new Set<Item>();
    let open = batch;
    for (let backoffMs = RETRY_MIN_MS; ; backoffMs = Math.min(RETRY_MAX_MS, backoffMs * 2)) {
      const outcomes = await this.#attempt(open);
      for (const [at, item] of open.entries()) if (outcomes[at] === 'unknown') uncertain.add(item);
      open = open.filter((_, at) => outcomes[at] !== 'acknowledged');
      if (open.length === 0) return;
      const unclear = open.some((item) => uncertain.has(item));
      if (performance.now() > deadline || (unclear && givesUp)) break;
      this.retries += 1;
      await sleep(random() * backoffMs);
    }
    for (const item of open) if (!uncertain.has(item)) checker.refused(item.key);
  }

  async #attempt(items: readonly Item[]): Promise<Outcome[]> {
    const answered = await this.#post(items);
    if (answered === 'unknown' || answered === 'refused') return items.map(() => answered);
    return items.map(({ key }, at) => {
      const result = answered.results[at];
      if (!result || 'error' in result) return 'refused';
      if (result.duplicate) this.duplicates += 1;
      this.#options.checker.acknowledged(key, result);
      return 'acknowledged';
    });
  }

  async #post(publications: readonly Item[]): Promise<PublishReply | 'refused' | 'unknown'> {
    const { url, key } = this.#options;
    try {
      const response = await fetch(`${url}/api/v1/publish`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ publications }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const body = (await response.json()) as PublishReply;
      return response.ok ? body : 'refused';
    } catch {
      // Whatever broke the line, nobody can say on which side of the commit it did.
      return 'unknown';
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
