import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ViewersOptions, ViewersReport } from './viewers.ts';

const SCRIPT = fileURLToPath(new URL('./viewers.ts', import.meta.url));

/** Viewers in processes of their own, so that they do not share a thread with what they watch. */
export class ViewerProcesses {
  readonly #children: ChildProcess[];

  private constructor(children: ChildProcess[]) {
    this.#children = children;
  }

  /** Starts them and waits until every viewer is subscribed to every channel. */
  static async start({ clients, ...rest }: ViewersOptions, processes = 1): Promise<ViewerProcesses> {
    const children = Array.from({ length: processes }, (_, nth) => {
      const share = Math.floor(clients / processes) + (nth < clients % processes ? 1 : 0);
      return fork(SCRIPT, [JSON.stringify({ ...rest, clients: share })], { execArgv: ['--import', 'tsx'] });
    });
    await Promise.all(children.map((child) => once(child, 'message')));
    return new ViewerProcesses(children);
  }

  async report(): Promise<ViewersReport[]> {
    return Promise.all(
      this.#children.map(async (child) => {
        const answered = once(child, 'message');
        child.send('report');
        const [report] = (await answered) as [ViewersReport];
        return report;
      }),
    );
  }

  end(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}
