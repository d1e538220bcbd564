import { z } from 'zod';
import { create } from 'zustand';
import { connection } from '../connection/connection.ts';
import { serverNow } from '../live/clock.ts';

/** Event of `message` that carries a few words for exactly this device. */
export const NOTICE_EVENT = 'notice';

export const notice = z.object({
  text: z.string().min(1).max(500),
  from: z.string().max(80).optional(),
});

export interface Notice extends z.infer<typeof notice> {
  key: number;
  receivedAt: number;
}

/** The newest few; a sender who repeats must not fill the page. */
const SHOWN_MAX = 3;

export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastKey = 0;

export function dismissNotice(key: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((one) => one.key !== key) }));
}

/** Begins to listen for words aimed at this device; what has another form is not ours to show. */
export function listenForNotices(): () => void {
  return connection.on('message', ({ event, data }) => {
    if (event !== NOTICE_EVENT) return;
    const parsed = notice.safeParse(data);
    if (!parsed.success) return;
    lastKey += 1;
    const received = { ...parsed.data, key: lastKey, receivedAt: serverNow() };
    useNotices.setState(({ notices }) => ({ notices: [...notices, received].slice(-SHOWN_MAX) }));
  });
}
