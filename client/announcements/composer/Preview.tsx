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
        <div className={styles.frame} data-device={device} data-theme={theme} inert>
          <Screen announcement={announcement} />
        </div>
      </div>
    </section>
  );
}

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
              <path d="M0 122 60 96 120 108 180 70 240 92 300 64 360 88 420 52 480 74 540 60 600 84 660 46 720 66 800 40" />
              <path d="M0 168 80 160 160 172 240 148 320 158 400 140 480 150 560 132 640 146 720 128 800 136" />
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
