import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, Eye, Monitor, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { BoardSummary } from '../../shared/api/boards.ts';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import { channelsOfBoard } from '../../shared/domain/board.ts';
import { useNow } from '../live/clock.ts';
import { useSettings } from '../settings/settings-store.ts';
import { IconButton } from '../ui/Button.tsx';
import { DayTime } from '../ui/DayTime.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { Table } from '../ui/Table.tsx';
import styles from './BoardsPage.module.css';
import { Miniature } from './Miniature.tsx';
import { SourcesCell } from './SourcesCell.tsx';

export interface BoardsTableProps {
  boards: readonly BoardSummary[];
  channels: readonly ChannelInfo[] | undefined;
  mayEdit: boolean;
  onDelete: (board: BoardSummary) => void;
}

/** A row a board. Arrow keys move from name to name, Enter opens, `e` edits. */
export function BoardsTable({ boards, channels, mayEdit, onDelete }: BoardsTableProps): ReactNode {
  const navigate = useNavigate();
  const now = useNow(10_000);
  const shortcuts = useSettings((state) => state.shortcuts);
  const known = useMemo(
    () => channels && new Map(channels.map((channel) => [channel.channel, channel])),
    [channels],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-board]')];
    const at = links.indexOf(event.target as HTMLElement);
    const slug = links[at]?.dataset.board;
    if (slug === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { ArrowDown: links[at + 1], ArrowUp: links[at - 1] }[event.key];
    if (next !== undefined) next.focus();
    else if (event.key === 'e' && mayEdit && shortcuts)
      void navigate({ to: '/b/$slug/edit', params: { slug } });
    else return;
    event.preventDefault();
  };

  return (
    <Table label="Boards" className={styles.table}>
      <colgroup>
        <col className={styles.layoutColumn} />
        <col />
        <col className={styles.sourcesColumn} />
        <col className={styles.watchingColumn} />
        <col className={styles.editedColumn} />
        <col className={styles.actsColumn} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={styles.layout}>
            Layout
          </th>
          <th scope="col">Board</th>
          <th scope="col">Sources</th>
          <th scope="col">Watching</th>
          <th scope="col">Edited</th>
          <th scope="col">
            <span className="visually-hidden">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {boards.map((board) => (
          <tr key={board.id}>
            <td className={styles.layout}>
              <Miniature tiles={board.tiles} />
            </td>
            <th scope="row" className={styles.name}>
              <Link to="/b/$slug" params={{ slug: board.slug }} data-board={board.slug}>
                {board.name}
              </Link>
              <small>{board.groups?.length ? board.groups.join(', ') : 'everybody'}</small>
            </th>
            <td className={styles.sources}>
              {known && <SourcesCell channels={channelsOfBoard(board.tiles)} known={known} now={now} />}
            </td>
            <td>
              <Watching viewers={board.viewers} walls={board.walls} />
            </td>
            <td className={styles.edited}>
              {board.updatedBy !== undefined && `${board.updatedBy}, `}
              <DayTime time={board.updatedAt} />
            </td>
            <td className={styles.acts}>
              {mayEdit && <RowMenu board={board} onDelete={() => onDelete(board)} />}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Watching({ viewers, walls }: { viewers: number; walls: number }): ReactNode {
  if (viewers === 0 && walls === 0) return <span className={styles.nobody}>nobody</span>;
  return (
    <span className={styles.watching}>
      {viewers > 0 && (
        <span title={viewers === 1 ? '1 person has it open' : `${viewers} people have it open`}>
          <Eye aria-hidden /> {viewers} <span className="visually-hidden">people</span>
        </span>
      )}
      {walls > 0 && (
        <span title={walls === 1 ? 'on 1 wall' : `on ${walls} walls`}>
          <Monitor aria-hidden /> {walls} <span className="visually-hidden">walls</span>
        </span>
      )}
    </span>
  );
}

function RowMenu({ board, onDelete }: { board: BoardSummary; onDelete: () => void }): ReactNode {
  const navigate = useNavigate();
  return (
    <Menu
      label={board.name}
      button={(props) => (
        <IconButton label={`Acts on ${board.name}`} {...props}>
          <Ellipsis aria-hidden />
        </IconButton>
      )}
    >
      <MenuItem onClick={() => void navigate({ to: '/b/$slug/edit', params: { slug: board.slug } })}>
        <Pencil aria-hidden /> Edit
      </MenuItem>
      <MenuItem onClick={onDelete}>
        <Trash2 aria-hidden /> Delete…
      </MenuItem>
    </Menu>
  );
}
