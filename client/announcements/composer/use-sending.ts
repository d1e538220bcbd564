import { useCallback, useEffect, useState } from 'react';
import {
  type Announcement,
  type AnnouncementContent,
  announcement as announcementSchema,
} from '../../../shared/domain/announcement.ts';
import { ApiError, api } from '../../api.ts';
import { serverNow } from '../../live/clock.ts';
import { holdMs } from './sending.ts';

export type Sending =
  | { step: 'writing'; error?: unknown; note?: string }
  | { step: 'confirming' }
  | { step: 'sending' }
  | { step: 'held'; announcement: Announcement; until: number; undoing: boolean }
  | { step: 'sent'; announcement: Announcement };

/** A test that nobody takes away must not stay in one's own way for long. */
const TEST_LASTS_MS = 10 * 60_000;

export interface SendingActs {
  state: Sending;
  confirm: () => void;
  back: () => void;
  /** @param hold whether it waits for Undo; what was confirmed leaves at once */
  send: (content: AnnouncementContent, hold: boolean) => void;
  undo: () => void;
  /** The real way, to this person only. */
  test: (content: AnnouncementContent, personId: string) => void;
}

function create(body: AnnouncementContent & { holdMs?: number }): Promise<Announcement> {
  return api.post('/announcements', body, announcementSchema);
}

/** From the draft to the announcement: asking once more, sending, the seconds in which it can be undone. */
export function useSending(): SendingActs {
  const [state, setState] = useState<Sending>({ step: 'writing' });

  useEffect(() => {
    if (state.step !== 'held' || state.undoing) return;
    const { announcement } = state;
    const timer = setTimeout(() => setState({ step: 'sent', announcement }), state.until - serverNow());
    return () => clearTimeout(timer);
  }, [state]);

  const send = useCallback((content: AnnouncementContent, hold: boolean): void => {
    const held = hold ? holdMs(content.severity) : 0;
    setState({ step: 'sending' });
    create(held > 0 ? { ...content, holdMs: held } : content).then(
      (announcement) =>
        setState(
          held > 0
            ? { step: 'held', announcement, until: announcement.sentAt ?? serverNow() + held, undoing: false }
            : { step: 'sent', announcement },
        ),
      (error: unknown) => setState({ step: 'writing', error }),
    );
  }, []);

  const undo = useCallback((): void => {
    if (state.step !== 'held' || state.undoing) return;
    const { announcement } = state;
    setState({ ...state, undoing: true });
    api.delete(`/announcements/${announcement.id}`).then(
      () => setState({ step: 'writing', note: 'Undone. Nobody has seen it.' }),
      (error: unknown) => {
        // A conflict: it left in the meantime. The report can still retract it.
        const left = error instanceof ApiError && error.status === 409;
        setState(left ? { step: 'sent', announcement } : { ...state, undoing: false });
      },
    );
  }, [state]);

  const test = useCallback((content: AnnouncementContent, personId: string): void => {
    const mine = {
      ...content,
      target: { people: [personId] },
      expiresAt: Math.round(serverNow()) + TEST_LASTS_MS,
    };
    create(mine).then(
      () => setState({ step: 'writing', note: 'Test sent to you. It ends in 10 min.' }),
      (error: unknown) => setState({ step: 'writing', error }),
    );
  }, []);

  return {
    state,
    confirm: useCallback(() => setState({ step: 'confirming' }), []),
    back: useCallback(() => setState({ step: 'writing' }), []),
    send,
    undo,
    test,
  };
}
