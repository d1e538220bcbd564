import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import { BoardPlan } from './BoardPlan.tsx';
import { createBoard } from './board-api.ts';
import styles from './NoBoards.module.css';
import { loadSamples } from './samples.ts';
import { suggestTiles } from './suggest-board.ts';

/** The plan follows what arrives: whoever sends one more channel sees it join. */
const RELOAD_MS = 3_000;

export interface NoBoardsProps {
  mayEdit: boolean;
  onBlank: () => void;
}

/** The list without a board: what arrives already, what a board of it would look like, and how to send more. */
export function NoBoards({ mayEdit, onBlank }: NoBoardsProps): ReactNode {
  const { data: samples } = useLoaded(loadSamples, RELOAD_MS);
  const tiles = useMemo(() => suggestTiles(samples ?? []), [samples]);
  const [error, setError] = useState<unknown>();
  const navigate = useNavigate();
  const count = samples?.length ?? 0;

  const build = async (): Promise<void> => {
    try {
      const { slug } = await createBoard({ name: 'First board', tiles });
      await navigate({ to: '/b/$slug', params: { slug } });
    } catch (cause) {
      setError(cause);
    }
  };

  if (!mayEdit) {
    return (
      <section className={styles.say}>
        <h2>No boards yet.</h2>
        <p>An operator can make one. It shows up here by itself.</p>
      </section>
    );
  }
  return (
    <div className={styles.none}>
      <section className={styles.say}>
        <h2>
          No boards yet.{' '}
          {count > 0 && `Your sources are already sending ${count} ${count === 1 ? 'channel' : 'channels'}.`}
        </h2>
        <p>
          {count > 0
            ? 'A board can be laid out from what arrives. You can change every tile afterwards.'
            : 'Begin with a blank one, or send a value first and have a board laid out from it.'}
        </p>
        {error !== undefined && <ErrorNote title="The board was not made." error={error} />}
        {count > 0 ? (
          <Button variant="primary" size="large" onClick={() => void build()}>
            Build one for me
          </Button>
        ) : (
          <Button variant="primary" size="large" onClick={onBlank}>
            New board
          </Button>
        )}
        {count > 0 && (
          <div className={styles.or}>
            <Button onClick={onBlank}>Start from a blank board</Button>
          </div>
        )}
        <div className={styles.or}>
          <CodeBlock
            label={count > 0 ? 'Send one more channel and it joins the plan' : 'Send your first value'}
            code={`curl -d 38 -H "Authorization: Bearer $KEY" \\\n  ${window.location.origin}/api/v1/channels/lock.level`}
          />
        </div>
      </section>
      {samples !== undefined && count > 0 && (
        <section className={styles.plan} aria-label="Plan of a board">
          <header>
            <span>What it would look like, with what arrives now</span>
            <span className="num">
              {count} channels, {tiles.length} tiles
            </span>
          </header>
          <BoardPlan tiles={tiles} samples={samples} />
        </section>
      )}
    </div>
  );
}
