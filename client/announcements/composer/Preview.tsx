import { type ReactNode, useId, useState } from 'react';
import type { AnnouncementContent, DeliveredAnnouncement } from '../../../shared/domain/announcement.ts';
import { serverNow } from '../../live/clock.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { AskCard } from '../AskCard.tsx';
import { BannerRow } from '../BannerRow.tsx';
import { FeedItem } from '../FeedItem.tsx';
import styles from './Preview.module.css';

type Device = 'desktop' | 'phone';
type Theme = 'dark' | 'light';

export interface PreviewProps {
  content: Pick<
    AnnouncementContent,
    'severity' | 'title' | 'body' | 'drill' | 'acknowledge' | 'surfaces' | 'nextUpdateAt'
  >;
  sender: { id: string; name: string };
}

function asDelivered({ content, sender }: PreviewProps): DeliveredAnnouncement {
  const now = serverNow();
  return {
    ...content,
    title: content.title === '' ? 'The title stands here' : content.title,
    id: 'preview',
    revision: 1,
    state: 'live',
    createdBy: sender,
    createdAt: now,
    updatedAt: now,
    nudges: 0,
    mine: { state: 'none' },
  };
}

/** What the people will see, with the very parts that will show it. Nothing in it can be pressed. */
export function Preview(props: PreviewProps): ReactNode {
  const [device, setDevice] = useState<Device>('desktop');
  const [theme, setTheme] = useState<Theme>(() =>
    window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark',
  );
  const announcement = asDelivered(props);
  return (
    <section className={styles.preview} aria-label="Preview">
      <header className={styles.bar}>
        <h2>Preview</h2>
        <Segmented<Device>
          label="Preview on"
          value={device}
          onChange={setDevice}
          options={[
            { value: 'desktop', label: 'Desktop' },
            { value: 'phone', label: 'Phone' },
          ]}
        />
        <Segmented<Theme>
          label="Preview in"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
          ]}
        />
      </header>
      <div className={styles.stage}>
        <div className={styles.frame} data-device={device} data-theme={theme} inert aria-hidden>
          <Screen announcement={announcement} />
        </div>
      </div>
    </section>
  );
}

/** Two lines of no data in particular. */
const OUTLINE = [
  'M0 63 15 53 30 50 45 41 60 30 75 27 91 38 106 46 121 53 136 46 151 47 166 41 181 32 196 22 211 20 226 31 242 40 257 48 272 55 287 47 302 43 317 46 332 52 347 61 362 71 377 60 392 63 408 67 423 68 438 59 453 59 468 48 483 59 498 69 513 70 528 65 543 75 558 77 574 87 589 96 604 96 619 94 634 97 649 95 664 86 679 81 694 89 709 77 725 66 740 69 755 63 770 64 785 63 800 59',
  'M0 158 15 153 30 152 45 147 60 149 75 145 91 143 106 147 121 144 136 145 151 152 166 145 181 138 196 134 211 138 226 140 242 136 257 133 272 128 287 127 302 125 317 128 332 134 347 142 362 146 377 153 392 145 408 142 423 149 438 154 453 152 468 159 483 161 498 166 513 163 528 158 543 157 558 151 574 149 589 157 604 154 619 146 634 139 649 134 664 138 679 136 694 133 709 126 725 134 740 133 755 128 770 125 785 125 800 125',
] as const;

/** A screen of a viewer: banner, a board in outline, and the dialog or the feed where it will stand. */
function Screen({ announcement }: { announcement: DeliveredAnnouncement }): ReactNode {
  const headingId = useId();
  const { severity, acknowledge, surfaces } = announcement;
  const entry = { announcement, receivedAt: announcement.createdAt };
  const inBanner = severity !== 'info' || acknowledge !== undefined;
  const inDialog = surfaces?.dialog === true;
  return (
    <>
      {inBanner && (
        <div className={styles.slot}>
          <BannerRow item={{ entry, form: 'open' }} />
        </div>
      )}
      <div className={styles.under}>
        <div className={inDialog ? `${styles.board} ${styles.dimmed}` : styles.board}>
          {[41, 68, 52, 77].map((width) => (
            <div key={width}>
              <i style={{ width: `${width}%` }} />
              <b />
            </div>
          ))}
          <div className={styles.wide}>
            <i style={{ width: '24%' }} />
            <svg viewBox="0 0 800 200" preserveAspectRatio="none" aria-hidden>
              <path d={OUTLINE[0]} />
              <path d={OUTLINE[1]} />
            </svg>
          </div>
        </div>
        {!inBanner && (
          <div className={styles.feed}>
            <FeedItem entry={entry} fresh onAnswer={() => {}} />
          </div>
        )}
        {inDialog && (
          <div className={styles.ask}>
            <AskCard announcement={announcement} headingId={headingId} numbered />
          </div>
        )}
      </div>
    </>
  );
}
