import { closeCodes } from '../shared/protocol/close-codes.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Bus } from './bus/bus.ts';
import type { KeysService } from './keys/keys-service.ts';
import type { Logger } from './logger.ts';

const EVERY_MS = 60_000;

interface HousekeepingParts {
  sessions: Pick<Sessions, 'sweep'>;
  keys: Pick<KeysService, 'sweep' | 'flush'>;
  bus: Bus;
  log: Logger;
  /** ms since 1970 */
  clock: () => number;
}

/** Once a minute: ends the connections of sign-ins and keys whose time is over, writes down when keys were used. */
export function startHousekeeping({ sessions, keys, bus, log, clock }: HousekeepingParts): { stop(): void } {
  let since = clock();

  async function run(): Promise<void> {
    const until = clock();
    for (const { sessionId } of await sessions.sweep()) {
      const { code } = closeCodes.signInRequired;
      bus.publish('close', { sessionId, code, reason: 'Your sign-in has expired; sign in again.' });
    }
    await keys.sweep(since, until);
    since = until;
    await keys.flush();
  }

  const timer = setInterval(() => {
    run().catch((err) => log.warn({ err }, 'housekeeping failed; it is tried again in a minute'));
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
