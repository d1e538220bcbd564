import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSettings } from '../settings/settings-store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './ShortcutSheet.module.css';
import { listShortcuts, type Shortcut } from './shortcuts.ts';

/** Always there, on every page. */
const everywhere: readonly Omit<Shortcut, 'run'>[] = [
  { keys: '/', label: 'Search on this page', group: 'Everywhere' },
  { keys: 'Esc', label: 'Back one layer', group: 'Everywhere' },
];

/** All keys that work on the page below it. */
export function ShortcutSheet({ onClose }: { onClose: () => void }): ReactNode {
  const on = useSettings((state) => state.shortcuts);
  const all = [...listShortcuts(), ...everywhere];
  const groups = [...new Set(all.map((one) => one.group))];
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      {!on && (
        <p className={styles.off}>
          Single keys are switched off in your{' '}
          <Link to="/settings" onClick={onClose}>
            settings
          </Link>
          .
        </p>
      )}
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.list}>
              {all
                .filter((one) => one.group === group)
                .map(({ keys, label }) => (
                  <div key={keys} className={styles.row}>
                    <dt>{label}</dt>
                    <dd>
                      <span className="visually-hidden">{keys}</span>
                      {keys.split(' ').map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
