import type { ReactNode } from 'react';
import styles from './Avatar.module.css';

/** First letters of the first and the last word: `Ana Nunes` is `AN`; of a single word its first two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letters = last === '' ? [...first].slice(0, 2) : [[...first][0], [...last][0]];
  return letters.join('').toUpperCase();
}

/** A person. People are round, screens are not. */
export function Avatar({ name }: { name: string }): ReactNode {
  return (
    <span className={styles.avatar} title={name} role="img" aria-label={name}>
      {initials(name)}
    </span>
  );
}
