import type { LineState } from './state.ts';
import type { ConnectionSnapshot } from './types.ts';

/** Figures inside a state (round-trip time, progress) reach screens at most this often. */
const FIGURES_EVERY_MS = 1_000;

export interface Figures {
  rttMs: number | undefined;
  /** Publications that came back, of those missed. */
  progress: { done: number; total: number };
  /** Of so many updates one is seen; undefined while all are. */
  every: number | undefined;
}

export interface SnapshotDeps {
  now(): number;
  after(ms: number, run: () => void): () => void;
  state(): LineState;
  figures(): Figures;
}

/** What screens see: renewed at once when the state itself changes, at most once a second for figures in it. */
export class Snapshots {
  readonly #deps: SnapshotDeps;
  readonly #watchers = new Set<() => void>();
  #shown: ConnectionSnapshot = { state: 'idle', since: 0 };
  #shownAt = Number.NEGATIVE_INFINITY;
  #cancelLater: (() => void) | undefined;

  constructor(deps: SnapshotDeps) {
    this.#deps = deps;
  }

  get current(): ConnectionSnapshot {
    return this.#shown;
  }

  subscribe(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  renew(): void {
    const next = snapshotOf(this.#deps.state(), this.#deps.figures());
    const moved = stateDiffers(this.#shown, next);
    if (!moved && !figuresDiffer(this.#shown, next)) return;
    const dueMs = this.#shownAt + FIGURES_EVERY_MS - this.#deps.now();
    if (!moved && dueMs > 0) {
      this.#cancelLater ??= this.#deps.after(dueMs, () => {
        this.#cancelLater = undefined;
        this.renew();
      });
      return;
    }
    this.#cancelLater?.();
    this.#cancelLater = undefined;
    this.#shownAt = this.#deps.now();
    this.#shown = next;
    for (const watcher of this.#watchers) watcher();
  }
}

function stateDiffers(a: ConnectionSnapshot, b: ConnectionSnapshot): boolean {
  return (
    a.state !== b.state ||
    a.since !== b.since ||
    a.lostAt !== b.lostAt ||
    a.retryAt !== b.retryAt ||
    a.cause !== b.cause ||
    a.blocked !== b.blocked ||
    a.refused !== b.refused
  );
}

function figuresDiffer(a: ConnectionSnapshot, b: ConnectionSnapshot): boolean {
  return (
    a.rttMs !== b.rttMs ||
    a.every !== b.every ||
    a.resuming?.done !== b.resuming?.done ||
    a.resuming?.total !== b.resuming?.total
  );
}

function snapshotOf(state: LineState, { rttMs, progress, every }: Figures): ConnectionSnapshot {
  const { line, since, lostAt, cause, attempt, refused } = state;
  return {
    state: line.name,
    since,
    ...(lostAt !== undefined && { lostAt }),
    ...(cause !== undefined && { cause }),
    ...(attempt > 0 && { attempt }),
    ...(rttMs !== undefined && { rttMs }),
    ...(refused && { refused }),
    ...(line.name === 'degraded' && every !== undefined && { every }),
    ...(line.name === 'offline' && { retryAt: line.retryAt }),
    ...(line.name === 'blocked' && { blocked: line.reason }),
    ...(line.name === 'resuming' && progress.total > 0 && { resuming: progress }),
  };
}
