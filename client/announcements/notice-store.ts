import { create } from 'zustand';
import { NOTICE_EVENT, type Notice, notice } from '../../shared/domain/notice.ts';
import { connection } from '../connection/connection.ts';
import { serverNow } from '../live/clock.ts';

export interface ReceivedNotice extends Notice {
  key: number;
  receivedAt: number;
}

/** The newest few; a sender who repeats must not fill the page. */
const SHOWN_MAX = 3;

export const useNotices = create<{ notices: readonly ReceivedNotice[] }>(() => ({ notices: [] }));

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
