import { expect, test } from 'vitest';
import { Leadership } from './leadership.ts';

/** Locks of one browser, as far as a leader uses them: one name, held until it is taken or its tab is closed. */
function browserLocks() {
  interface Ask {
    grant: () => void;
    lose: () => void;
  }
  const waiting: Ask[] = [];
  let holder: Ask | undefined;
  const next = (): void => {
    holder = waiting.shift();
    holder?.grant();
  };
  const locks = {
    request: (_name: string, { steal }: LockOptions, run: () => Promise<never>) =>
      new Promise<never>((_resolve, reject) => {
        const ask = { grant: () => void run(), lose: () => reject(new DOMException('', 'AbortError')) };
        if (steal === true) {
          holder?.lose();
          holder = ask;
          ask.grant();
        } else {
          waiting.push(ask);
          if (holder === undefined) next();
        }
      }),
  } as unknown as LockManager;
  return { locks, waiting, closeHolder: next };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('the tab that was looked at last speaks, and after it is closed the other one', async () => {
  const { locks, waiting, closeHolder } = browserLocks();
  const one = new Leadership(locks);
  const other = new Leadership(locks);
  one.take();
  other.queue();
  expect([one.leading, other.leading]).toEqual([true, false]);
  other.take();
  await settled();
  expect([one.leading, other.leading]).toEqual([false, true]);
  for (let turn = 0; turn < 5; turn++) {
    one.take();
    await settled();
    other.take();
    await settled();
  }
  // Each waits at most once, however often they took turns.
  expect(waiting.length).toBeLessThanOrEqual(2);
  closeHolder();
  expect(one.leading || other.leading).toBe(true);
});
