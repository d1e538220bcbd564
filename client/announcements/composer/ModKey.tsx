import { Command } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from '../../ui/Kbd.tsx';
import { onApple } from './mod-key.ts';

/** A command key with another: drawn, because the fonts carry no symbol for it. */
export function ModKey({ children }: { children: ReactNode }): ReactNode {
  return (
    <Kbd>
      {onApple ? <Command aria-hidden /> : 'Ctrl '}
      {children}
    </Kbd>
  );
}
