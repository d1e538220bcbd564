import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

/** How long the button says that it worked. */
const SAY_MS = 2_000;

type Outcome = 'idle' | 'copied' | 'failed';

export interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  text: string;
  /** What is copied, where `Copy` alone would not say: `Copy link`. */
  label?: string | undefined;
  onCopied?: (() => void) | undefined;
}

/** Puts text on the clipboard and says so. Over plain http browsers refuse; then the text is for selecting by hand. */
export function CopyButton({ text, label = 'Copy', onCopied, ...rest }: CopyButtonProps): ReactNode {
  const [outcome, setOutcome] = useState<Outcome>('idle');

  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), SAY_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (): Promise<void> => {
    const worked = await writeClipboard(text);
    setOutcome(worked ? 'copied' : 'failed');
    if (worked) onCopied?.();
  };

  return (
    <Button {...rest} onClick={() => void copy()}>
      {outcome === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span role="status">
        {outcome === 'idle' ? label : outcome === 'copied' ? 'Copied' : 'Select it and copy by hand'}
      </span>
    </Button>
  );
}

/** The async clipboard needs https or localhost; elsewhere the old command still works. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  // Inside an open modal dialog nothing beyond it can be selected.
  const host = document.querySelector('dialog[open]') ?? document.body;
  const focused = document.activeElement;
  host.append(area);
  area.select();
  const worked = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return worked;
}
