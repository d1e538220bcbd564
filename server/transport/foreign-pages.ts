import type { IncomingMessage } from 'node:http';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { TokenBucket } from './rate-limit.ts';

/** Looking up a session costs a query and a line in the log: not more often than so, whoever asks. */
const LINES = { perSecond: 1, burst: 20 };
const ORIGIN_MAX_CHARACTERS = 200;

export interface ForeignPagesOptions {
  /** @throws AppError for a cookie that is no good */
  authenticate(req: IncomingMessage): Promise<Account | undefined>;
  log: Pick<Logger, 'warn'>;
  /** Monotonic, in ms. */
  now: () => number;
}

/**
 * Tells the operator of pages of other sites that came with a cookie of ours: somebody may be tricking the person whose
 * browser it is. One line each, never with the cookie.
 */
export class ForeignPages {
  readonly #options: ForeignPagesOptions;
  readonly #lines: TokenBucket;

  constructor(options: ForeignPagesOptions) {
    this.#options = options;
    this.#lines = new TokenBucket(LINES.perSecond, LINES.burst, options.now);
  }

  async tell(req: IncomingMessage, origin: string, address: string): Promise<void> {
    if (req.headers.cookie === undefined || !this.#lines.take()) return;
    const account = await this.#accountOf(req);
    if (!account) return;
    this.#options.log.warn(
      { origin: origin.slice(0, ORIGIN_MAX_CHARACTERS), account: account.id, address },
      'a page of another site was refused; if it is one of yours, ALLOWED_ORIGINS has to name it',
    );
  }

  async #accountOf(req: IncomingMessage): Promise<Account | undefined> {
    try {
      return await this.#options.authenticate(req);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}
