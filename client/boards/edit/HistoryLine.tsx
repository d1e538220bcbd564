import type { ReactNode } from 'react';
import { changesText } from './changes.ts';
import styles from './HistoryLine.module.css';
import type { Editor } from './use-editor.ts';

const SHOWN = 6;

/** The last steps, what of them is undone, and what saving will do. */
export function HistoryLine({ editor, revision }: { editor: Editor; revision: number }): ReactNode {
  const { steps, done } = editor.history;
  const from = Math.max(0, Math.min(done - SHOWN + 1, steps.length - SHOWN));
  return (
    <>
      {steps.length === 0 ? (
        <span>No changes yet. Click a tile, or Tab to it and press Enter.</span>
      ) : (
        <ol className={styles.steps} aria-label="Steps">
          {steps.slice(from, from + SHOWN).map((step, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
              key={from + index}
              {...(from + index === done - 1 && { 'aria-current': 'step' })}
              data-undone={from + index >= done}
            >
              {step.label}
            </li>
          ))}
        </ol>
      )}
      {editor.changes.total > 0 && (
        <span className={styles.sum}>
          {changesText(editor.changes)} · replaces revision {revision}
        </span>
      )}
    </>
  );
}
