import { CatchBoundary, Outlet, useMatches, useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { hasRole } from '../../shared/domain/account.ts';
import { Surfaces } from '../announcements/Surfaces.tsx';
import { connection } from '../connection/connection.ts';
import { SessionEndedDialog } from '../session/SessionEndedDialog.tsx';
import { session, useSession } from '../session/session-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { setTitleFrame } from '../ui/document-title.ts';
import { ErrorNote } from '../ui/States.tsx';
import { AwayStrip } from './away/AwayStrip.tsx';
import { ForbiddenPage } from './ForbiddenPage.tsx';
import { LineNotice } from './LineNotice.tsx';
import { placesFor } from './places.ts';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { addShortcut, listenForShortcuts } from './shortcuts.ts';
import { UpdateNotice } from './UpdateNotice.tsx';

/** Around every page behind sign-in. It stays while pages change, and with it the line and what was announced. */
export function Shell(): ReactNode {
  const [sheet, setSheet] = useState(false);
  const ended = useSession((state) => state.ended);
  const place = useSession((state) => state.me?.place);
  useLine();
  useFocusOnNavigation();
  useGlobalShortcuts(() => setSheet(true));
  useEffect(() => setTitleFrame({ place: place ?? 'Callboard' }), [place]);
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <Rail onShowShortcuts={() => setSheet(true)} />
      <main id="main" tabIndex={-1} className={styles.main}>
        <UpdateNotice />
        <LineNotice />
        <CatchBoundary getResetKey={() => 'surfaces'} errorComponent={SurfacesFailed}>
          <Surfaces />
        </CatchBoundary>
        <AwayStrip />
        <PageForRole />
      </main>
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      {ended && <SessionEndedDialog />}
    </div>
  );
}

/** A fault in what shows announcements must not take the board away, nor pass in silence. */
function SurfacesFailed({ error }: { error: unknown }): ReactNode {
  return (
    <ErrorNote
      title="Announcements cannot be shown on this page."
      error={error}
      onRetry={() => window.location.reload()}
    />
  );
}

/** The page itself, or what role it takes. */
function PageForRole(): ReactNode {
  const role = useSession((state) => state.me?.role ?? 'viewer');
  const facts = useMatches({ select: (matches) => matches.at(-1)?.staticData });
  const needs = facts?.needs;
  if (needs === undefined || hasRole(role, needs)) return <Outlet />;
  return <ForbiddenPage needs={needs} about={facts?.about} />;
}

/**
 * Opens the line, and keeps the session in step with what it says: another role or name at a welcome,
 * a session that the server no longer knows.
 */
function useLine(): void {
  useEffect(() => {
    const endWelcome = connection.on('welcome', ({ account }) => session.update(account));
    const endState = connection.subscribe(() => {
      if (connection.state.blocked === 'auth') session.end();
    });
    connection.stayWhile(mayNotify);
    connection.start();
    return () => {
      endWelcome();
      endState();
    };
  }, []);
}

/** A hidden page that shows desktop notifications is still of use. */
function mayNotify(): boolean {
  const granted = 'Notification' in window && Notification.permission === 'granted';
  return granted && useSettings.getState().notifications;
}

/** After a change of page the focus goes to its heading, so that a screen reader says where one is. */
function useFocusOnNavigation(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return;
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
      }),
    [router],
  );
}

function useGlobalShortcuts(showSheet: () => void): void {
  const role = useSession((state) => state.me?.role ?? 'viewer');
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: showSheet only sets state; a new one does the same
  useEffect(() => {
    const ends = [
      listenForShortcuts(),
      ...placesFor(role).map(({ keys, label, to }) =>
        addShortcut({ keys, label, group: 'Go to', run: () => void navigate({ to }) }),
      ),
      addShortcut({ keys: '?', label: 'These keys', group: 'Everywhere', run: showSheet }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [role, navigate]);
}
