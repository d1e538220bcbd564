import { useBlocker, useNavigate } from '@tanstack/react-router';
import { Plus, Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { type Board, channelsOfBoard, type Tile } from '../../../shared/domain/board.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ChartGroup } from '../../charts/chart-group.ts';
import { type BoardContext, boardContext } from '../../tiles/board-context.ts';
import { WINDOWS, type WindowName } from '../../tiles/values/board-window.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Page } from '../../ui/Page.tsx';
import { ErrorNote } from '../../ui/States.tsx';
import { rowsOf } from '../layout.ts';
import { AddTileDialog } from './AddTileDialog.tsx';
import styles from './BoardEditor.module.css';
import { draftOf, freeId } from './draft.ts';
import { ConflictDialog, LeaveDialog } from './EditDialogs.tsx';
import { EditGrid } from './EditGrid.tsx';
import { addTile, removeTile } from './grid-moves.ts';
import { HistoryLine } from './HistoryLine.tsx';
import { faultOf } from './save-board.ts';
import { TilePanel } from './TilePanel.tsx';
import { useChannels } from './use-channels.ts';
import { useEditor } from './use-editor.ts';
import { useSave } from './use-save.ts';
import { useUndoKeys } from './use-undo-keys.ts';

export interface BoardEditorProps {
  board: Board;
  win: WindowName;
  /** Drops this draft and begins anew with the board as it is on the server. */
  onReload(board: Board): void;
}

/** A board in the making. Everything on it is live; nobody else sees a change before it is saved. */
export function BoardEditor({ board, win, onReload }: BoardEditorProps): ReactNode {
  const base = useMemo(() => draftOf(board), [board]);
  const editor = useEditor(base);
  const { draft, selected, changes } = editor;
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { channels, suggestions } = useChannels();
  const navigate = useNavigate();
  const leave = useCallback(
    () => navigate({ to: '/b/$slug', params: { slug: board.slug }, search: { win }, ignoreBlocker: true }),
    [navigate, board.slug, win],
  );
  const saving = useSave(board.id, () => void leave());
  const blocker = useBlocker({
    shouldBlockFn: () => changes.total > 0,
    enableBeforeUnload: () => changes.total > 0,
    withResolver: true,
  });
  useUndoKeys(editor);
  useShortcut('n', 'Add a tile', 'Board', () => setAdding(true));

  const [charts] = useState(() => new ChartGroup());
  const { ms, words } = WINDOWS[win];
  const context = useMemo<BoardContext>(
    () => ({ windowMs: ms, windowWords: words, charts, editing: true }),
    [ms, words, charts],
  );

  const add = (tile: Tile): void => {
    editor.apply((now) => ({ ...now, tiles: addTile(now.tiles, tile) }), `${tile.title} added`);
    editor.select(tile.id);
    setAdding(false);
  };
  const duplicate = (tile: Tile): void =>
    add({ ...tile, id: freeId(draft.tiles), title: `${tile.title} 2`.slice(0, 80) });
  const remove = (tile: Tile): void => {
    editor.apply((now) => ({ ...now, tiles: removeTile(now.tiles, tile.id) }), `${tile.title} removed`);
    editor.select(undefined);
  };
  const fault = faultOf(draft);
  const notYet = changes.total === 0 ? 'Nothing is changed yet.' : fault;
  useInSight(selected?.id);

  return (
    <Page
      title={`Edit ${draft.name}`}
      heading={
        <input
          className={styles.name}
          aria-label="Name of the board"
          maxLength={80}
          value={draft.name}
          onChange={(event) =>
            editor.apply((now) => ({ ...now, name: event.target.value }), 'Board renamed', 'name')
          }
        />
      }
      tools={
        <div className={styles.pair}>
          <Button
            disabledBecause={editor.history.done === 0 ? 'Nothing to undo.' : undefined}
            onClick={editor.undo}
          >
            <Undo2 aria-hidden /> Undo <Kbd>Ctrl Z</Kbd>
          </Button>
          <Button
            disabledBecause={
              editor.history.done === editor.history.steps.length ? 'Nothing to redo.' : undefined
            }
            onClick={editor.redo}
          >
            <Redo2 aria-hidden /> Redo <Kbd>Ctrl Shift Z</Kbd>
          </Button>
        </div>
      }
      actions={
        <>
          <Button variant="quiet" onClick={() => (changes.total > 0 ? setLeaving(true) : void leave())}>
            {changes.total > 0 ? 'Discard' : 'Back'}
          </Button>
          <Button
            variant="primary"
            busy={saving.busy}
            disabledBecause={notYet}
            onClick={() => void saving.save(draft, board.revision)}
          >
            {changes.total === 0
              ? 'Save'
              : `Save ${changes.total} ${changes.total === 1 ? 'change' : 'changes'}`}
          </Button>
        </>
      }
      asideLabel={selected && `Settings of ${selected.title}`}
      aside={
        selected && (
          <TilePanel
            key={selected.id}
            tile={selected}
            suggestions={suggestions}
            onChange={editor.changeTile}
            onClose={() => editor.select(undefined)}
          />
        )
      }
      foot={<HistoryLine editor={editor} revision={board.revision} />}
      bodyClassName={styles.body}
    >
      {saving.error !== undefined && (
        <div className={styles.fault}>
          <ErrorNote title="The board was not saved. Your changes are still here." error={saving.error} />
        </div>
      )}
      {fault !== undefined && changes.total > 0 && (
        <p className={styles.fault} role="status">
          {fault}
        </p>
      )}
      <boardContext.Provider value={context}>
        <EditGrid editor={editor} onDuplicate={duplicate} onRemove={remove} onConfigure={focusPanel}>
          <AddRow
            row={rowsOf(draft.tiles)}
            unused={channels
              .map((one) => one.channel)
              .filter((name) => !channelsOfBoard(draft.tiles).includes(name))}
            onAdd={() => setAdding(true)}
          />
        </EditGrid>
      </boardContext.Provider>
      {adding && (
        <AddTileDialog
          id={freeId(draft.tiles)}
          channel=""
          suggestions={suggestions}
          onAdd={add}
          onClose={() => setAdding(false)}
        />
      )}
      {saving.conflict && (
        <ConflictDialog
          conflict={saving.conflict}
          changes={changes}
          onClose={saving.settle}
          onLoadTheirs={() => onReload(saving.conflict!.theirs)}
          onOverwrite={() => void saving.save(draft, saving.conflict!.theirs.revision)}
        />
      )}
      {leaving && (
        <LeaveDialog changes={changes} onStay={() => setLeaving(false)} onLeave={() => void leave()} />
      )}
      {blocker.status === 'blocked' && (
        <LeaveDialog changes={changes} onStay={blocker.reset} onLeave={blocker.proceed} />
      )}
    </Page>
  );
}

/** The first field of the settings takes the focus. */
function focusPanel(): void {
  document.querySelector<HTMLElement>('aside input, aside textarea')?.focus();
}

/** A tile that was chosen, added or copied comes into sight. */
function useInSight(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    const cell = document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(id)}"]`);
    if (cell !== null && !cell.contains(document.activeElement)) cell.scrollIntoView({ block: 'nearest' });
  }, [id]);
}

interface AddRowProps {
  /** The first row below all tiles. */
  row: number;
  /** Channels that no tile of the board shows. */
  unused: readonly string[];
  onAdd(): void;
}

const NAMED = 3;

function AddRow({ row, unused, onAdd }: AddRowProps): ReactNode {
  const named = unused.slice(0, NAMED).join(', ');
  const rest = unused.length - NAMED;
  return (
    <button
      type="button"
      className={styles.add}
      style={{ gridArea: `${row + 1} / 1 / span 1 / -1` }}
      onClick={onAdd}
    >
      <Plus aria-hidden />
      <b>Add a tile</b>
      {unused.length > 0 && (
        <span>
          {unused.length} {unused.length === 1 ? 'channel is' : 'channels are'} not on this board: {named}
          {rest > 0 && ` and ${rest} more`}
        </span>
      )}
      <Kbd>N</Kbd>
    </button>
  );
}
