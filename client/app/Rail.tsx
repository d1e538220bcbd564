import { Link, useRouterState } from '@tanstack/react-router';
import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useUnreadCount } from '../announcements/announcement-store.ts';
import { useSession } from '../session/session-store.ts';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { MeMenu } from './MeMenu.tsx';
import { holdsPage, type Place, placesFor } from './places.ts';
import styles from './Rail.module.css';

/** On a phone: three places and "Me", whose page leads to the rest. */
const BAR_PLACES = 3;

/** The main navigation: a rail of symbols at the left, on phones a bar of four at the bottom. */
export function Rail({ onShowShortcuts }: { onShowShortcuts: () => void }): ReactNode {
  const role = useSession((state) => state.me?.role ?? 'viewer');
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const unread = useUnreadCount();
  return (
    <nav className={styles.rail} aria-label="Main">
      {placesFor(role).map((place, index) => (
        <PlaceLink
          key={place.to}
          place={place}
          current={holdsPage(place, pathname)}
          count={place.to === '/feed' ? unread : 0}
          railOnly={index >= BAR_PLACES}
        />
      ))}
      <Link
        to="/settings"
        className={classNames(styles.place, styles.onlyBar)}
        {...(pathname === '/settings' && { 'aria-current': 'page' })}
      >
        <UserRound aria-hidden />
        <span className={styles.label}>Me</span>
      </Link>
      <MeMenu className={styles.me} onShowShortcuts={onShowShortcuts} />
    </nav>
  );
}

interface PlaceLinkProps {
  place: Place;
  current: boolean;
  /** Beside the symbol where it is not 0. */
  count: number;
  railOnly: boolean;
}

function PlaceLink({ place, current, count, railOnly }: PlaceLinkProps): ReactNode {
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      className={classNames(styles.place, railOnly && styles.onlyRail)}
      aria-label={count > 0 ? `${place.label}, ${count} unread` : place.label}
      {...(current && { 'aria-current': 'page' })}
    >
      <Icon aria-hidden />
      {count > 0 && (
        <span className={styles.count} aria-hidden>
          {count > 99 ? '99+' : count}
        </span>
      )}
      <span className={styles.label} aria-hidden>
        {place.label}
        <Kbd>{place.keys}</Kbd>
      </span>
    </Link>
  );
}
