import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Board } from '../../shared/domain/board.ts';
import { useShortcut } from '../app/shortcuts.ts';
import { ChartGroup } from '../charts/chart-group.ts';
import { connection } from '../connection/connection.ts';
import { useHasRole } from '../session/session-store.ts';
import { type BoardContext, boardContext } from '../tiles/board-context.ts';
import {
  boardSearch,
  DEFAULT_WINDOW,
  WINDOWS,
  type WindowName,
  windowNames,
} from '../tiles/values/board-window.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Select } from '../ui/Input.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { EmptyState, ErrorNote } from '../ui/States.tsx';
import { BoardGrid, BoardSkeleton } from './BoardGrid.tsx';
import styles from './BoardPage.module.css';
import { rememberedShape } from './board-shape.ts';
import { type BoardView, useBoard } from './use-board.ts';
import { useColumns } from './use-columns.ts';

const segments = windowNames.map((value) => ({ value, label: WINDOWS[value].short }));

/** A board to look at. Its title row is the page's head; below it are nothing but tiles. */
export function BoardPage(): ReactNode {
  const { slug } = useParams({ from: '/shell/b/$slug' });
  const win = boardSearch(useSearch({ strict: false })).win ?? DEFAULT_WINDOW;
  const navigate = useNavigate();
  const view = useBoard(slug);
  const mayEdit = useHasRole('operator');
  const { state } = view;
  const board = state.phase === 'ready' ? state.board : undefined;
  const [charts] = useState(() => new ChartGroup());
  const zoomed = useSyncExternalStore(
    useCallback((listener: () => void) => charts.listen(listener), [charts]),
    () => charts.zoomed,
  );
  const unzoom = (): void => charts.zoom();
  useShortcut('0', 'Back from a zoom', 'Board', unzoom);
  // A thumb finds a list more easily than five segments, and nobody lays out a board on a phone.
  const phone = useColumns() === 2;
  useView(board?.id);

  const setWindow = (next: WindowName): void => {
    void navigate({ to: '/b/$slug', params: { slug }, search: { win: next }, replace: true });
  };
  const step = (by: number): void => {
    const next = windowNames[windowNames.indexOf(win) + by];
    if (next !== undefined) setWindow(next);
  };
  useShortcut('[', 'Shorter window', 'Board', () => step(-1));
  useShortcut(']', 'Longer window', 'Board', () => step(1));
  const edit = (): void => void navigate({ to: '/b/$slug/edit', params: { slug }, search: { win } });
  useShortcut('e', 'Edit', 'Board', edit, mayEdit && board !== undefined);

  return (
    <Page
      title={board?.name ?? (state.phase === 'loading' ? 'Board' : 'No board')}
      tools={
        phone ? undefined : (
          <>
            <Segmented label="Window" value={win} options={segments} onChange={setWindow} />
            {zoomed && (
              <Button variant="quiet" onClick={unzoom}>
                Charts stand still: back to live <Kbd>0</Kbd>
              </Button>
            )}
          </>
        )
      }
      actions={
        phone ? (
          <Select
            aria-label="Window"
            className={styles.window}
            value={win}
            options={segments}
            onChange={setWindow}
          />
        ) : (
          mayEdit &&
          board !== undefined && (
            <ButtonLink to="/b/$slug/edit" params={{ slug }} search={{ win }}>
              Edit
            </ButtonLink>
          )
        )
      }
      bodyClassName={styles.body}
    >
      <BoardNews view={view} />
      <BoardBody slug={slug} view={view} win={win} charts={charts} mayEdit={mayEdit} />
    </Page>
  );
}

/** Tells the server what this screen shows: announcements can be aimed at it, and others see who looks. */
function useView(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    connection.intent({ type: 'view', board: id });
    return () => connection.intent({ type: 'view' });
  }, [id]);
}

interface BodyProps {
  slug: string;
  view: BoardView;
  win: WindowName;
  charts: ChartGroup;
  mayEdit: boolean;
}

function BoardBody({ slug, view: { state, reload }, win, charts, mayEdit }: BodyProps): ReactNode {
  switch (state.phase) {
    case 'loading':
      return <BoardSkeleton tiles={rememberedShape(slug)} />;
    case 'failed':
      return (
        <div className={styles.state}>
          <ErrorNote title="The board could not be loaded." error={state.error} onRetry={reload} />
        </div>
      );
    case 'missing':
      return (
        <EmptyState
          title="There is no such board."
          actions={<ButtonLink to="/boards">All boards</ButtonLink>}
        >
          <p>
            It was deleted or renamed, or it is kept for a group you are not in. An operator can tell you.
          </p>
        </EmptyState>
      );
    case 'forbidden':
      return (
        <EmptyState
          title="This board is not open to you."
          actions={<ButtonLink to="/boards">All boards</ButtonLink>}
        >
          <p>{state.message}</p>
        </EmptyState>
      );
    case 'ready':
      if (state.board.tiles.length === 0) return <EmptyBoard board={state.board} mayEdit={mayEdit} />;
      return <Tiles board={state.board} win={win} charts={charts} />;
  }
}

function Tiles({ board, win, charts }: { board: Board; win: WindowName; charts: ChartGroup }): ReactNode {
  const { ms, words } = WINDOWS[win];
  const context = useMemo<BoardContext>(
    () => ({ windowMs: ms, windowWords: words, charts, editing: false }),
    [ms, words, charts],
  );
  // A span chosen by hand belongs to the window it was chosen in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the window changes
  useEffect(() => charts.zoom(), [charts, ms]);
  return (
    <boardContext.Provider value={context}>
      <BoardGrid tiles={board.tiles} />
    </boardContext.Provider>
  );
}

function EmptyBoard({ board, mayEdit }: { board: Board; mayEdit: boolean }): ReactNode {
  return (
    <EmptyState
      title="This board has no tiles yet."
      actions={
        mayEdit && (
          <ButtonLink variant="primary" to="/b/$slug/edit" params={{ slug: board.slug }}>
            Add the first tile
          </ButtonLink>
        )
      }
    >
      <p>{mayEdit ? 'A tile shows what a channel sends.' : 'Whoever made it has not put anything on it.'}</p>
    </EmptyState>
  );
}

/** What happened to the board while it is open. It pushes the tiles down and never covers them. */
function BoardNews({ view: { state, showNewer } }: { view: BoardView }): ReactNode {
  if (state.phase !== 'ready') return null;
  if (state.deleted) {
    return (
      <div className={styles.news} role="status">
        <p>
          <b>This board was deleted.</b> What you see still runs, and goes when you leave.
        </p>
        <ButtonLink to="/boards">All boards</ButtonLink>
      </div>
    );
  }
  if (state.newer === undefined) return null;
  const by = state.newer.updatedBy ?? 'Somebody';
  return (
    <div className={styles.news} role="status">
      <p>
        <b>{by} changed this board.</b> You see it as it was.
      </p>
      <Button onClick={showNewer}>Show it</Button>
    </div>
  );
}
