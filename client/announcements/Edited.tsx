import { Fragment, type ReactNode } from 'react';
import styles from './Edited.module.css';
import { wordDiff } from './word-diff.ts';

export interface EditedProps {
  before: string | undefined;
  after: string;
}

/** A text with what an edit took out struck through and what it put in underlined; the text alone if too long. */
export function Edited({ before: former, after: current }: EditedProps): ReactNode {
  const pieces = former === undefined || former === current ? undefined : wordDiff(former, current);
  if (pieces === undefined) return current;
  return pieces.map((piece, index) => {
    const key = `${index}${piece.kind}`;
    if (piece.kind === 'same') return <Fragment key={key}>{piece.text}</Fragment>;
    const Mark = piece.kind === 'gone' ? 'del' : 'ins';
    // The spaces at its ends stay outside of the mark.
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text) ?? [];
    return (
      <Fragment key={key}>
        {before}
        {words !== '' && <Mark className={piece.kind === 'gone' ? styles.gone : styles.added}>{words}</Mark>}
        {after}
      </Fragment>
    );
  });
}
