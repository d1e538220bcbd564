import { Fragment, type ReactNode } from 'react';
import styles from './Edited.module.css';
import { wordDiff } from './word-diff.ts';

/** A text with what an edit took out struck through and what it put in underlined; the text alone if too long. */
export function Edited({ before, after }: { before: string | undefined; after: string }): ReactNode {
  const pieces = before === undefined || before === after ? undefined : wordDiff(before, after);
  if (pieces === undefined) return after;
  return pieces.map((piece, index) => {
    const key = `${index}${piece.kind}`;
    if (piece.kind === 'same') return <Fragment key={key}>{piece.text}</Fragment>;
    const Mark = piece.kind === 'gone' ? 'del' : 'ins';
    return (
      <Mark key={key} className={piece.kind === 'gone' ? styles.gone : styles.added}>
        {piece.text}
      </Mark>
    );
  });
}
