import { X } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { returnFocus } from '../ui/use-modal.ts';
import styles from './Drawer.module.css';

export interface DrawerHeadProps {
  title: string;
  /** In mono below the title: a login, an id. */
  literal: string;
  onClose: () => void;
  actions?: ReactNode;
}

/** Top of a panel beside a list. The focus comes here when it opens, and Escape closes it. */
export function DrawerHead({ title, literal, onClose, actions }: DrawerHeadProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row in the same panel is another panel
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const panel = heading.current?.closest('aside');
    heading.current?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key !== 'Escape' || inField || document.querySelector('dialog:modal') !== null) return;
      close.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      if (panel?.contains(document.activeElement)) returnFocus(opener);
    };
  }, [literal]);

  return (
    <header className={styles.head}>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <code className="faint">{literal}</code>
      </div>
      {actions}
      <IconButton label="Close" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}

export function DrawerSection({ title, children }: { title?: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles.section}>
      {title !== undefined && <h3>{title}</h3>}
      {children}
    </section>
  );
}

export function DrawerActs({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.acts}>{children}</div>;
}

/** Names and values, the values at the right. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className={`${styles.facts} num`}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
