import { afterEach, beforeEach } from 'vitest';
import { AppError } from '../errors.ts';
import type { Appended, AppendItem, Log } from './log.ts';

/** A whole minute, so that tests can count minutes from it. */
export const START = Date.UTC(2026, 0, 1);
export const MUCH = 1_000_000;

export interface LogOptions {
  retention: { publications: number; hours: number; bytes: number };
  maxChannels: number;
  clock: () => number;
}

type TestedLog = Log & { maintain(): Promise<void> };

/** A log that can be closed and opened again on the same data, and whose housekeeping runs on demand. */
export interface LogUnderTest {
  open(options: LogOptions): Promise<TestedLog>;
  remove(): Promise<void>;
}

/** A new log for each test of a suite, with a clock that the test moves. */
export class LogFixture {
  log!: TestedLog;
  now = START;
  #under!: LogUnderTest;

  constructor(make: () => LogUnderTest) {
    beforeEach(async () => {
      this.now = START;
      this.#under = make();
      await this.open();
    });
    afterEach(async () => {
      await this.log.close();
      await this.#under.remove();
    });
  }

  async open(changes: Partial<LogOptions> = {}): Promise<void> {
    this.log = await this.#under.open({
      retention: { publications: MUCH, hours: 24, bytes: MUCH },
      maxChannels: 100,
      clock: () => this.now,
      ...changes,
    });
  }

  async reopen(changes?: Partial<LogOptions>): Promise<void> {
    await this.log.close();
    await this.open(changes);
  }

  async append(channel: string, data: unknown, more: Partial<AppendItem> = {}): Promise<Appended> {
    const [result] = await this.log.append([
      { channel, time: this.now, data: JSON.stringify(data), ...more },
    ]);
    if (result instanceof AppError) throw result;
    return result!;
  }

  /** Publishes 0, 1, 2 … in one call; the clock stands at the time of the last one afterwards. */
  async appendMany(channel: string, count: number, everyMs = 0): Promise<void> {
    const items = Array.from({ length: count }, (_, index) => ({
      channel,
      time: this.now + index * everyMs,
      data: String(index),
    }));
    await this.log.append(items);
    this.now += Math.max(0, count - 1) * everyMs;
  }
}

export const offsets = (list: readonly { offset: number }[]): number[] => list.map((one) => one.offset);
export const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
