import { Copy, Settings2, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { GRID_COLUMNS, type Tile } from '../../../shared/domain/board.ts';
import { TileView } from '../../tiles/TileView.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { cellStyle } from '../BoardGrid.tsx';
import { readingOrder } from '../layout.ts';
import styles from './EditGrid.module.css';
import type { Edge } from './grid-moves.ts';
import { tileText } from './spoken.ts';
import type { Editor } from './use-editor.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridPointer } from './use-grid-pointer.ts';

const EDGES: readonly Edge[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

export interface EditGridProps {
  editor: Editor;
  onDuplicate(tile: Tile): void;
  onRemove(tile: Tile): void;
  /** The person wants the settings of the selected tile. */
  onConfigure(): void;
  children: ReactNode;
}

/** The board under construction: the same tiles in the same cells, to be moved and resized by pointer or keyboard. */
export function EditGrid({ editor, onDuplicate, onRemove, onConfigure, children }: EditGridProps): ReactNode {
  const grid = useRef<HTMLDivElement>(null);
  const [spoken, speak] = useState('');
  const pointer = useGridPointer(grid, editor);
  const keys = useGridKeys(editor, speak, { onRemove, onDuplicate });
  const { selected } = editor;
  const { tiles } = editor.draft;
  // The order in the page follows the layout only when tiles come or go: an element that is moved loses the focus.
  const ids = tiles.map((tile) => tile.id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const order = useMemo(() => readingOrder(tiles).map((tile) => tile.id), [ids]);
  const byId = new Map(tiles.map((tile) => [tile.id, tile]));

  return (
    <div className={styles.canvas}>
      <div
        ref={grid}
        className={styles.grid}
        data-moving={pointer.moving !== undefined || keys.grabbed !== undefined}
      >
        {order.map((id) => {
          const tile = byId.get(id)!;
          const chosen = tile.id === selected?.id;
          const held = keys.grabbed === tile.id || pointer.moving === tile.id;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a tile is no fieldset
            <div
              key={tile.id}
              className={styles.cell}
              style={cellStyle(tile)}
              role="group"
              aria-roledescription="tile"
              aria-label={tileText(tile)}
              aria-describedby="edit-keys"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: grabbed and moved by keyboard
              tabIndex={0}
              data-tile={tile.id}
              data-selected={chosen}
              data-held={held}
              onFocus={() => editor.select(tile.id)}
              onKeyDown={(event: KeyboardEvent<HTMLElement>) => keys.onKeyDown(event, tile)}
              onBlur={keys.onBlur}
              onPointerDown={(event) => pointer.begin(event, tile)}
            >
              {/* What is arranged must not answer for itself: no cursor, no scrolling, no links. */}
              <div className={styles.content} inert>
                <TileView tile={tile} />
              </div>
              {chosen && (
                <>
                  {EDGES.map((edge) => (
                    <i
                      key={edge}
                      className={styles.handle}
                      data-edge={edge}
                      onPointerDown={(event) => pointer.begin(event, tile, edge)}
                    />
                  ))}
                  <div className={styles.tools} onPointerDown={(event) => event.stopPropagation()}>
                    <IconButton label={`Settings of ${tile.title}`} size="small" onClick={onConfigure}>
                      <Settings2 aria-hidden />
                    </IconButton>
                    <IconButton
                      label={`Duplicate ${tile.title}`}
                      size="small"
                      onClick={() => onDuplicate(tile)}
                    >
                      <Copy aria-hidden />
                    </IconButton>
                    <IconButton label={`Delete ${tile.title}`} size="small" onClick={() => onRemove(tile)}>
                      <Trash2 aria-hidden />
                    </IconButton>
                  </div>
                </>
              )}
            </div>
          );
        })}
        {children}
      </div>
      <p className="visually-hidden" role="status">
        {spoken}
      </p>
      <p id="edit-keys" className="visually-hidden">
        Enter grabs it, arrows move it, Shift with arrows resizes it, Enter drops it, Escape puts it back.
        Delete removes it. {GRID_COLUMNS} columns.
      </p>
    </div>
  );
}
