import { useNavigate } from '@tanstack/react-router';
import { Check, Keyboard, LogOut, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../session/session-store.ts';
import { useSignOut } from '../session/use-sign-out.tsx';
import { changeSettings, type Theme, useSettings } from '../settings/settings-store.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx';
import styles from './MeMenu.module.css';

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'As the system' },
];

export interface MeMenuProps {
  className: string | undefined;
  onShowShortcuts: () => void;
}

/** Who is signed in, and what concerns them alone. */
export function MeMenu({ className, onShowShortcuts }: MeMenuProps): ReactNode {
  const me = useSession((state) => state.me);
  const theme = useSettings((state) => state.theme);
  const navigate = useNavigate();
  const [signOut, failure] = useSignOut();
  if (me === undefined) return null;
  return (
    <>
      <Menu
        label="Me"
        head={
          <>
            <span className={styles.who}>{me.name}</span>
            <span className={styles.what}>
              {me.role} in {me.place}
            </span>
          </>
        }
        button={(props) => (
          <button type="button" {...props} className={className} aria-label={`Me: ${me.name}`}>
            <Avatar name={me.name} />
          </button>
        )}
      >
        {themes.map((one) => (
          <MenuItem
            key={one.value}
            checked={one.value === theme}
            onClick={() => changeSettings({ theme: one.value })}
          >
            {one.label}
            {one.value === theme && <Check aria-hidden />}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onClick={() => void navigate({ to: '/settings' })}>
          <Settings aria-hidden /> Settings
        </MenuItem>
        <MenuItem onClick={onShowShortcuts}>
          <Keyboard aria-hidden /> Keys <Kbd>?</Kbd>
        </MenuItem>
        <MenuLine />
        <MenuItem onClick={signOut}>
          <LogOut aria-hidden /> Sign out
        </MenuItem>
      </Menu>
      {failure}
    </>
  );
}
