import { lazy, type ReactNode, Suspense } from 'react';
import { classNames } from './class-names.ts';
import styles from './Markdown.module.css';

/** The parser is larger than everything else on a board; it comes when the first text is to be shown. */
const MarkdownBody = lazy(() => import('./MarkdownBody.tsx'));

export interface MarkdownProps {
  text: string;
  className?: string | undefined;
}

/** Text in Markdown, safe to take from anybody: no HTML, no images, links that say where they lead. */
export function Markdown({ text, className }: MarkdownProps): ReactNode {
  return (
    <div className={classNames(styles.markdown, className)}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <MarkdownBody text={text} />
      </Suspense>
    </div>
  );
}
