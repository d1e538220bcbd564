import type { ReactNode } from 'react';

export interface ScrollBoxProps {
  /** What scrolls here; spoken when the focus comes to it. */
  label: string;
  className: string | undefined;
  children: ReactNode;
}

/** The part of a tile that scrolls. It takes the focus, so that arrow keys can scroll it. */
export function ScrollBox({ label, className, children }: ScrollBoxProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={label}
      className={className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
    >
      {children}
    </div>
  );
}
