import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './PresenceMark.module.css';
import type { Presence } from './presence.ts';

/** A filled dot, a dashed ring, an empty ring, a cross; with its word for who cannot see it. */
export function PresenceMark({ presence }: { presence: Presence }): ReactNode {
  return (
    <span className={classNames(styles.mark, styles[presence])} title={presence}>
      {presence === 'disabled' ? <X aria-hidden /> : <i />}
      <span className="visually-hidden">{presence}</span>
    </span>
  );
}
