import { Child } from './child.ts';
import type { ViewersCommand, ViewersOptions, ViewersReport } from './viewers.ts';

/** Viewers in processes of their own, so that they do not share a thread with what they watch. */
export class ViewerProcesses {
  readonly clients: number;
  readonly #children: Child[];
  /** Settles when every viewer is subscribed to every channel. */
  readonly live: Promise<unknown>;

  private constructor(children: Child[], clients: number) {
    this.#children = children;
    this.clients = clients;
    this.live = Promise.all(children.map((child) => child.next('live')));
  }

  /** Starts them without waiting for anything. */
  static spawn({ clients, first = 0, ...rest }: ViewersOptions, processes = 1): ViewerProcesses {
    let next = first;
    const children = Array.from({ length: processes }, (_, nth) => {
      const share = Math.floor(clients / processes) + (nth < clients % processes ? 1 : 0);
      const child = new Child('./viewers.ts', { ...rest, first: next, clients: share });
      next += share;
      return child;
    });
    return new ViewerProcesses(children, clients);
  }

  /** Starts them and waits until every viewer is subscribed to every channel. */
  static async start(options: ViewersOptions, processes = 1): Promise<ViewerProcesses> {
    const viewers = ViewerProcesses.spawn(options, processes);
    await viewers.live;
    return viewers;
  }

  get pids(): number[] {
    return this.#children.map(({ pid }) => pid);
  }

  /**
   * @param options.heads newest offset per channel: what a viewer lacks of it counts as behind
   * @param options.fresh begin a new window for latencies and times
   */
  async report(options: { heads?: number[]; fresh?: boolean } = {}): Promise<ViewersReport[]> {
    return this.#tell({ do: 'report', ...options });
  }

  /** All of them stop reading, or go on. */
  async pause(): Promise<void> {
    await this.#tell({ do: 'pause' });
  }

  async resume(): Promise<void> {
    await this.#tell({ do: 'resume' });
  }

  end(): void {
    for (const child of this.#children) child.end();
  }

  async #tell(command: ViewersCommand): Promise<ViewersReport[]> {
    return Promise.all(this.#children.map((child) => child.ask<ViewersReport>(command, 'report')));
  }
}
