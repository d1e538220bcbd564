import type { ReactNode } from 'react';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';

export interface CodeBlockProps {
  code: string;
  /** What it is for; stands above it, and names it to a screen reader. */
  label: string;
  /** In place of the label: tabs, for example. */
  head?: ReactNode;
}

/** A command or document to copy, exactly as it is. */
export function CodeBlock({ code, label, head }: CodeBlockProps): ReactNode {
  return (
    <div>
      <div className={styles.head}>
        {head ?? <span>{label}</span>}
        <CopyButton text={code} variant="quiet" size="small" />
      </div>
      <div className={styles.block}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a line wider than the block is scrolled by keyboard */}
        <section tabIndex={0} aria-label={label}>
          <pre>{code}</pre>
        </section>
      </div>
    </div>
  );
}
