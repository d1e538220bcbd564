import { type ReactNode, useEffect } from 'react';
import { AcknowledgeDialogs } from './AcknowledgeDialog.tsx';
import { listenForAnnouncements } from './announcement-store.ts';
import { Banner } from './Banner.tsx';
import { Notices } from './Notices.tsx';
import { listenForNotices } from './notice-store.ts';
import { useArrivals, useUnreadBadge } from './use-attention.ts';

/**
 * Where announcements come to a person, on every page: the banner in its place, the dialog and the notices above all.
 * Stands at the top of the page's column, so that the banner pushes what is below it down and covers nothing.
 */
export function Surfaces(): ReactNode {
  const { polite, assertive } = useArrivals();
  useUnreadBadge();

  useEffect(() => {
    const ends = [listenForAnnouncements(), listenForNotices()];
    return () => {
      for (const end of ends) end();
    };
  }, []);

  return (
    <>
      <Banner />
      <AcknowledgeDialogs />
      <Notices />
      <div className="visually-hidden" aria-live="polite">
        {polite !== undefined && <p key={polite.key}>{polite.text}</p>}
      </div>
      <div className="visually-hidden" aria-live="assertive">
        {assertive !== undefined && <p key={assertive.key}>{assertive.text}</p>}
      </div>
    </>
  );
}
