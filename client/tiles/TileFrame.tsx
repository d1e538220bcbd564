import { Link } from '@tanstack/react-router';
import { Component, type ErrorInfo, type ReactNode, type RefObject } from 'react';
import type { Tile } from '../../shared/domain/board.ts';
import { messageOf } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './TileFrame.module.css';
import type { TileProblem } from './values/problem.ts';

export interface TileFrameProps {
  tile: Tile;
  ref?: RefObject<HTMLElement | null>;
  /** Quieter words behind the title: a unit, a count. */
  small?: ReactNode;
  problem?: TileProblem | undefined;
  /** Between title and age: what the tile itself can be told. */
  tools?: ReactNode;
  /** Whether silence is said in the header, as it is where the body has no place for it. */
  note?: boolean;
  /** Whether values that are missing are said in the header, as they are where nothing draws them. */
  loss?: boolean;
  children: ReactNode;
}

/** The frame of every tile: title at the left, age at the right, nothing else until there is something to say. */
export function TileFrame({
  tile,
  ref,
  small,
  tools,
  problem,
  note,
  loss,
  children,
}: TileFrameProps): ReactNode {
  return (
    <section
      ref={ref}
      className={classNames(styles.tile, styles[tile.type])}
      aria-label={tile.title}
      data-staleness="none"
    >
      <header className={styles.head}>
        <h2 className={styles.title}>
          {tile.title}
          {small !== undefined && <small>{small}</small>}
        </h2>
        {tools}
        {note === true && <span className={styles.note} data-note />}
        {loss === true && (
          <span className={styles.loss} data-loss hidden>
            <i aria-hidden />
            <span />
          </span>
        )}
        <span className={styles.age} data-age />
      </header>
      {/* What draws keeps its elements while a problem is shown in front of it. */}
      <div className={styles.body} hidden={problem !== undefined}>
        {children}
      </div>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </section>
  );
}

function ProblemNote({ problem }: { problem: TileProblem }): ReactNode {
  return (
    <div className={classNames(styles.problem, problem.kind === 'waiting' && styles.waiting)}>
      <p className={styles.problemTitle}>{problem.title}</p>
      <p>
        {problem.detail}{' '}
        <Link to="/channels/$name" params={{ name: problem.channel }}>
          {problem.channel}
        </Link>
      </p>
    </div>
  );
}

interface BoundaryProps {
  tile: Tile;
  children: ReactNode;
}

/** A tile that breaks leaves the others alone, and says so in its place. */
export class TileBoundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`tile "${this.props.tile.title}" broke`, error, info.componentStack);
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.tile !== this.props.tile && this.state.error !== undefined)
      this.setState({ error: undefined });
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <TileFrame tile={this.props.tile}>
        <div className={styles.problem}>
          <p className={styles.problemTitle}>This tile broke</p>
          <p>{messageOf(this.state.error)}</p>
          <Button size="small" onClick={() => this.setState({ error: undefined })}>
            Try again
          </Button>
        </div>
      </TileFrame>
    );
  }
}
