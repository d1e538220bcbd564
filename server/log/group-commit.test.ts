import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import type { AppendItem } from './log.ts';

/** A disk that commits when told to. */
class Disk {
  readonly commits: string[][] = [];
  #finish: ((fault?: unknown) => void)[] = [];

  commit = (calls: readonly (readonly AppendItem[])[]): Promise<(items: readonly AppendItem[]) => string> => {
    this.commits.push(calls.flat().map((item) => item.data));
    return new Promise((resolve, reject) => {
      this.#finish.push((fault) => {
        if (fault) reject(fault);
        else resolve((items) => items.map((item) => item.data).join());
      });
    });
  };

  /** Ends the commit under way and lets what follows from it happen. */
  async finish(fault?: unknown): Promise<void> {
    this.#finish.shift()?.(fault);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const item = (data: string): AppendItem[] => [{ channel: 'a', time: 0, data }];

let disk: Disk;
let commits: GroupCommit<string>;

beforeEach(() => {
  vi.useFakeTimers();
  disk = new Disk();
  commits = new GroupCommit(disk.commit);
});

afterEach(() => vi.useRealTimers());

test('appends made while a commit is under way share the next one and settle in order', async () => {
  const settled: string[] = [];
  for (const data of ['1', '2', '3']) void commits.append(item(data)).then((result) => settled.push(result));
  expect(disk.commits).toEqual([['1']]);
  await disk.finish();
  expect([disk.commits, settled]).toEqual([[['1'], ['2', '3']], ['1']]);
  await disk.finish();
  expect(settled).toEqual(['1', '2', '3']);
});

test('a commit that fails rejects its own calls and no others', async () => {
  const first = expect(commits.append(item('1'))).rejects.toThrow('disk');
  const second = commits.append(item('2'));
  await disk.finish(new Error('disk'));
  await first;
  await disk.finish();
  expect(await second).toBe('2');
});

test('what must not meet an append waits for those before it, and those after wait for it', async () => {
  const events: string[] = [];
  void commits.append(item('1')).then(() => events.push('1'));
  let end = (): void => {};
  void commits
    .exclusive(() => new Promise<void>((resolve) => (end = resolve)))
    .then(() => events.push('exclusive'));
  void commits.append(item('2')).then(() => events.push('2'));
  await disk.finish();
  expect([events, disk.commits]).toEqual([['1'], [['1']]]);
  end();
  await vi.advanceTimersByTimeAsync(0);
  await disk.finish();
  expect(events).toEqual(['1', 'exclusive', '2']);
  await commits.settled();
});

test('on a disk that hangs, what waits is refused after two seconds; what is under way waits for the truth', async () => {
  const underWay = commits.append(item('1'));
  const refused = expect(commits.append(item('2'))).rejects.toMatchObject({ error: 'overloaded' });
  await vi.advanceTimersByTimeAsync(2_500);
  await refused;
  await disk.finish();
  expect(await underWay).toBe('1');
  expect(disk.commits).toEqual([['1']]);
  const next = commits.append(item('3'));
  await disk.finish();
  expect(await next).toBe('3');
});

test('no more than 64 MiB wait for the disk', async () => {
  const large = 'x'.repeat(20 * 1024 * 1024);
  const first = commits.append(item(large));
  const waiting = [1, 2, 3].map(() => commits.append(item(large)));
  await expect(commits.append(item(large))).rejects.toMatchObject({ error: 'overloaded' });
  for (let round = 0; round < 4; round++) await disk.finish();
  expect((await Promise.all([first, ...waiting])).length).toBe(4);
});
