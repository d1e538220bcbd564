import { useEffect, useState } from 'react';
import { useOffline } from '../connection/use-connection.ts';
import { serverNow } from '../live/clock.ts';
import { useSettings } from '../settings/settings-store.ts';
import { setTitleFrame } from '../ui/document-title.ts';
import { onArrival, useUnreadCount } from './announcement-store.ts';
import { type Arrival, type Digest, digestOf } from './arrivals.ts';
import { showNotification } from './desktop-notification.ts';
import { isLeader, standForLeader } from './leader.ts';
import { playTone, unlockSoundOnGesture } from './sound.ts';
import { tabBadge } from './tab-badge.ts';

/** What arrives within this time is told as one: a return after an absence is not forty alarms. */
const GATHER_MS = 250;

/** What the live regions say now; a new key speaks again, though the words be the same. */
export interface Spoken {
  text: string;
  key: number;
}

function alarm(digest: Digest): void {
  if (!isLeader()) return;
  const { sound, notifications } = useSettings.getState();
  if (sound && digest.sound !== undefined) playTone(digest.sound, serverNow());
  if (notifications) showNotification(digest);
}

/**
 * Gathers what arrives and makes it known: live regions here; sound and notification in one tab of the browser.
 */
export function useArrivals(): { polite: Spoken | undefined; assertive: Spoken | undefined } {
  const [polite, setPolite] = useState<Spoken>();
  const [assertive, setAssertive] = useState<Spoken>();

  useEffect(() => {
    const endLeader = standForLeader();
    const endSound = unlockSoundOnGesture();
    let gathered: Arrival[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let key = 0;
    const tell = (): void => {
      const digest = digestOf(gathered);
      gathered = [];
      if (digest === undefined) return;
      key += 1;
      (digest.assertive ? setAssertive : setPolite)({ text: digest.text, key });
      alarm(digest);
    };
    const endArrivals = onArrival((arrival) => {
      clearTimeout(timer);
      gathered.push(arrival);
      timer = setTimeout(tell, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      endArrivals();
      endSound();
      endLeader();
    };
  }, []);

  return { polite, assertive };
}

/** Keeps the number of unread announcements in the title and on the tab's icon. */
export function useUnreadBadge(): void {
  const unread = useUnreadCount();
  const live = !useOffline();
  const [badge, setBadge] = useState<ReturnType<typeof tabBadge>>();

  useEffect(() => {
    const made = tabBadge();
    setBadge(made);
    return () => made.end();
  }, []);

  useEffect(() => {
    setTitleFrame({ unread });
    badge?.show(unread, live);
  }, [badge, unread, live]);
}
