import { addressKey } from '../client-address.ts';
import { AppError } from '../errors.ts';
import { TokenBucket } from './rate-limit.ts';

/** Sockets that have not said who they are, in all and from one address. */
const UNAUTHENTICATED_MAX = 2_000;
const UNAUTHENTICATED_PER_ADDRESS_MAX = 200;
/** What a refused client is told to wait, at least. */
const RETRY_FULL_MS = 5_000;
const RETRY_RATE_MS = 1_000;
/** Addresses of which nothing is left are forgotten when there are so many. */
const SWEEP_ABOVE = 10_000;

export interface AdmissionOptions {
  maxConnections: number;
  maxConnectionsPerAddress: number;
  maxHandshakesPerSecond: number;
  /** Monotonic, in ms. */
  now: () => number;
}

interface Origin {
  connections: number;
  unauthenticated: number;
  handshakes: TokenBucket;
}

/** A place among the connections, to be given back when the socket is closed. */
export interface Place {
  /** Takes one of the places for those who have not said who they are. @throws AppError `rateLimited`, `overloaded` */
  claimUnauthenticated(): void;
  authenticated(): void;
  release(): void;
}

/** How many may be connected, from where, and how fast they may come. Counted before any work is done for them. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #handshakes: TokenBucket;
  readonly #origins = new Map<string, Origin>();
  #connections = 0;
  #unauthenticated = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    const perSecond = options.maxHandshakesPerSecond;
    this.#handshakes = new TokenBucket(perSecond, perSecond * 2, options.now);
  }

  /** @throws AppError `overloaded` (the server is full), `rateLimited` (this address has its share) */
  admit(address: string): Place {
    const { maxConnections, maxConnectionsPerAddress } = this.#options;
    if (this.#connections >= maxConnections) {
      throw new AppError('overloaded', {
        message: 'The server has as many connections as it takes.',
        retryAfterMs: RETRY_FULL_MS,
      });
    }
    const key = addressKey(address);
    const origin = this.#origin(key);
    if (origin.connections >= maxConnectionsPerAddress) {
      throw new AppError('rateLimited', {
        message: 'Too many connections from this address.',
        retryAfterMs: RETRY_FULL_MS,
      });
    }
    if (!origin.handshakes.take()) {
      throw new AppError('rateLimited', {
        message: 'Connections from this address come too fast.',
        retryAfterMs: RETRY_RATE_MS,
      });
    }
    if (!this.#handshakes.take()) {
      throw new AppError('overloaded', {
        message: 'Connections come too fast.',
        retryAfterMs: RETRY_RATE_MS,
      });
    }
    this.#connections += 1;
    origin.connections += 1;
    return this.#place(key, origin);
  }

  #place(key: string, origin: Origin): Place {
    let anonymous = false;
    let released = false;
    const authenticated = (): void => {
      if (!anonymous) return;
      anonymous = false;
      origin.unauthenticated -= 1;
      this.#unauthenticated -= 1;
    };
    return {
      claimUnauthenticated: () => {
        if (origin.unauthenticated >= UNAUTHENTICATED_PER_ADDRESS_MAX) {
          throw new AppError('rateLimited', { retryAfterMs: RETRY_FULL_MS });
        }
        if (this.#unauthenticated >= UNAUTHENTICATED_MAX) {
          throw new AppError('overloaded', { retryAfterMs: RETRY_FULL_MS });
        }
        anonymous = true;
        origin.unauthenticated += 1;
        this.#unauthenticated += 1;
      },
      authenticated,
      release: () => {
        if (released) return;
        released = true;
        authenticated();
        origin.connections -= 1;
        this.#connections -= 1;
        if (isIdle(origin)) this.#origins.delete(key);
      },
    };
  }

  #origin(key: string): Origin {
    let origin = this.#origins.get(key);
    if (!origin) {
      if (this.#origins.size > SWEEP_ABOVE) this.#sweep();
      const burst = this.#options.maxConnectionsPerAddress;
      const handshakes = new TokenBucket(Math.max(1, burst / 10), burst, this.#options.now);
      origin = { connections: 0, unauthenticated: 0, handshakes };
      this.#origins.set(key, origin);
    }
    return origin;
  }

  #sweep(): void {
    for (const [key, origin] of this.#origins) if (isIdle(origin)) this.#origins.delete(key);
  }
}

function isIdle({ connections, handshakes }: Origin): boolean {
  return connections === 0 && handshakes.full;
}
