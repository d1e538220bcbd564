import { expect, test } from 'vitest';
import { linesOf, verdictOf } from './report.ts';
import { soak } from './soak.ts';

const LENGTH_MS = 24_000;
/** Three starts from source lie in it, each of which may take its time on a busy machine. */
const PATIENCE_MS = 240_000;

test(
  '[ORD-1] [ORD-2] [DUR-1] [REC-1] [DRN-1] over a kill -9, a drain and broken lines nobody misses anything unsaid',
  async () => {
    const report = await soak({ lengthMs: LENGTH_MS, seed: 20, viewers: 40, rate: 36 });
    expect(report.ledger.listed).toEqual([]);
    expect(report.failures).toEqual([]);
    expect(verdictOf(report), linesOf(report).join('\n')).toBe('passed');
    expect(report.restarts).toEqual({ kill: 1, drain: 1 });
    expect(report.figures.deliveries).toBeGreaterThan(2_000);
  },
  PATIENCE_MS,
);
