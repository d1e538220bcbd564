import { useEffect, useState } from 'react';
import { useAnnouncements } from '../../announcements/announcement-store.ts';
import { connection } from '../../connection/connection.ts';
import { openFeeds } from '../../live/feed.ts';
import { standingTiles } from '../../tiles/tile-levels.ts';
import { type AwayDigest, awayDigest, type Before } from './away-digest.ts';
import { type Absence, AwayWatch } from './away-watch.ts';

/** What comes with the welcome and after it (announcements, the newest values) is waited for. */
const SETTLE_MS = 1_000;

function before(): Before {
  return {
    entries: useAnnouncements.getState().entries,
    tiles: new Map([...standingTiles()].map((tile) => [tile, tile.level()])),
    heads: new Map(openFeeds().flatMap(({ channel, last }) => (last ? [[channel, last.offset]] : []))),
  };
}

function tell(absence: Absence, was: Before): AwayDigest | undefined {
  return awayDigest(absence, was, {
    entries: useAnnouncements.getState().entries,
    tiles: new Map([...standingTiles()].map((tile) => [tile, { title: tile.title, level: tile.level() }])),
    feeds: openFeeds(),
    clockOffsetMs: connection.serverTimeOffsetMs,
  });
}

/** What happened while the person was away, once they are back; until it is dismissed or they leave again. */
export function useAway(): [digest: AwayDigest | undefined, dismiss: () => void] {
  const [digest, setDigest] = useState<AwayDigest>();

  useEffect(() => {
    let was: Before | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new AwayWatch(
      () => {
        clearTimeout(timer);
        was = before();
      },
      (absence) => {
        const then = was;
        if (then !== undefined) timer = setTimeout(() => setDigest(tell(absence, then)), SETTLE_MS);
      },
    );
    const update = (): void => {
      const { state } = connection.state;
      const visible = document.visibilityState === 'visible';
      watch.update({ visible, live: state === 'live' || state === 'degraded' }, connection.now());
    };
    const forget = connection.subscribe(update);
    document.addEventListener('visibilitychange', update);
    update();
    return () => {
      clearTimeout(timer);
      forget();
      document.removeEventListener('visibilitychange', update);
    };
  }, []);

  return [digest, () => setDigest(undefined)];
}
