import type { ReactNode } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { Markdown } from '../ui/Markdown.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import styles from './TextTile.module.css';
import { TileFrame } from './TileFrame.tsx';

/** Words of whoever made the board: what to do, whom to call. */
export function TextTile({ tile }: { tile: TileOf<'text'> }): ReactNode {
  return (
    <TileFrame tile={tile}>
      <ScrollBox className={styles.text} label={`${tile.title}, text`}>
        <Markdown text={tile.text} />
      </ScrollBox>
    </TileFrame>
  );
}
