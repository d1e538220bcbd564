import type { ReactNode } from 'react';
import { placesFor } from '../app/places.ts';
import { useSession } from '../session/session-store.ts';
import { useSignOut } from '../session/use-sign-out.tsx';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Input.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { explain, useNotificationAccess } from './notification-permission.ts';
import styles from './SettingsPage.module.css';
import { changeSettings, useSettings } from './settings-store.ts';

/** What a person chooses for this browser, and who they are. */
export function SettingsPage(): ReactNode {
  const me = useSession((state) => state.me);
  const { theme, shortcuts } = useSettings();
  const [signOut, failure] = useSignOut();
  return (
    <Page title="Settings" bodyClassName={styles.body}>
      <section className={styles.section}>
        <h2>Me</h2>
        <div className={styles.rows}>
          <p>
            <strong>{me?.name}</strong> <span className="mono faint">{me?.login}</span>
            <br />
            <span className="muted">
              {me?.role} in {me?.place}
              {me !== undefined && me.groups.length > 0 && `, in ${me.groups.join(', ')}`}
            </span>
          </p>
          <Button onClick={signOut}>Sign out</Button>
          {failure}
        </div>
      </section>
      <PhonePlaces />
      <section className={styles.section}>
        <h2>Look</h2>
        <div className={styles.rows}>
          <Segmented
            label="Theme"
            value={theme}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'system', label: 'As the system' },
            ]}
            onChange={(chosen) => changeSettings({ theme: chosen })}
          />
        </div>
      </section>
      <section className={styles.section}>
        <h2>Alarms</h2>
        <div className={styles.rows}>
          <SoundSetting />
          <NotificationSetting />
        </div>
      </section>
      <section className={styles.section}>
        <h2>Keys</h2>
        <div className={styles.rows}>
          <Checkbox
            label="Single keys act"
            help="Such as n for a new board or g b for the boards. Press ? to see those of a page."
            checked={shortcuts}
            onChange={(on) => changeSettings({ shortcuts: on })}
          />
        </div>
      </section>
      <section className={styles.section}>
        <h2>Stored</h2>
        <p className="muted">These choices stay in this browser. Other devices have their own.</p>
      </section>
    </Page>
  );
}

/** The bar at the bottom of a phone has room for four; the other places are reached from here. */
function PhonePlaces(): ReactNode {
  const role = useSession((state) => state.me?.role ?? 'viewer');
  return (
    <section className={`${styles.section} ${styles.onlyPhone}`}>
      <h2>Go to</h2>
      <nav className={styles.places} aria-label="All places">
        {placesFor(role).map(({ to, label, icon: Icon }) => (
          <ButtonLink key={to} to={to}>
            <Icon aria-hidden />
            {label}
          </ButtonLink>
        ))}
      </nav>
    </section>
  );
}

function SoundSetting(): ReactNode {
  const sound = useSettings((state) => state.sound);
  return (
    <Checkbox
      label="Sound for announcements"
      help="A short tone for each severity from success up, in one tab of this browser. Browsers stay silent until the page was clicked once."
      checked={sound}
      onChange={(on) => changeSettings({ sound: on })}
    />
  );
}

function NotificationSetting(): ReactNode {
  const wanted = useSettings((state) => state.notifications);
  const [access, ask] = useNotificationAccess();
  const obstacle = explain(access);
  const change = async (on: boolean): Promise<void> => {
    changeSettings({ notifications: on && (await ask()) === 'granted' });
  };
  return (
    <div>
      <Checkbox
        label="Desktop notifications"
        help="For warnings, critical announcements and what needs your answer, while this page is open but out of sight. A closed page cannot show any."
        checked={wanted && access === 'granted'}
        disabled={obstacle !== undefined}
        onChange={(on) => void change(on)}
      />
      {obstacle !== undefined && <p className={styles.help}>{obstacle}</p>}
    </div>
  );
}
