import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logContract } from './log.contract.ts';
import type { LogUnderTest } from './log-fixture.ts';
import { logHistoryContract } from './log-history.contract.ts';
import { RingBudget } from './ring.ts';
import { SqliteLog } from './sqlite-log.ts';

function sqliteLog(): LogUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-log-'));
  return {
    open: ({ retention, maxChannels, clock }) =>
      SqliteLog.open({
        file: join(folder, 'log.db'),
        retention,
        maxChannels,
        maxBytes: 1e9,
        rings: new RingBudget(1e7),
        clock,
      }),
    remove: () => rm(folder, { recursive: true }),
  };
}

logContract('SqliteLog', sqliteLog);
logHistoryContract('SqliteLog', sqliteLog);
