import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goals, isMet } from './goals.ts';
import { Histogram } from './histogram.ts';
import { readCommandLine } from './options.ts';
import { type Outcome, outcomeText, sequenceFaults, sequenceFigures } from './outcome.ts';
import { median, mergeOutcomes } from './repeat.ts';
import { report, withReport } from './report.ts';
import { perSecond } from './scenarios/restart.ts';
import { Sequences } from './sequences.ts';
import type { ViewersReport } from './viewers.ts';

const empty: ViewersReport = {
  ...{
    received: 0,
    doubled: 0,
    reordered: 0,
    told: 0,
    frames: 0,
    bytes: 0,
    parsed: 0,
    missing: 0,
    behind: 0,
  },
  ...{
    unrecovered: 0,
    live: 0,
    faults: [],
    faultCount: 0,
    closes: {},
    behindMost: {},
    latency: [],
    acceptedAt: [],
  },
  ...{ liveAt: [], announcedAt: [], startedAt: 0, cpuMs: 0 },
};

function outcome(figures: Record<string, number>, more: Partial<Outcome> = {}): Outcome {
  return { scenario: 'board', load: { clients: 1 }, figures, faults: [], voided: [], ...more };
}

test('percentiles of a histogram are right to within one percent, also of several put together', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (samples, share) => {
        const parts = [new Histogram(), new Histogram()];
        for (const [at, sample] of samples.entries()) parts[at % 2]!.add(sample);
        const all = Histogram.of(...parts.map(({ buckets }) => buckets));
        const exact = samples.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(samples.length * share)) - 1]!;
        expect(all.count).toBe(samples.length);
        expect(all.percentile(share) / exact).toBeGreaterThan(0.989);
        expect(all.percentile(share) / exact).toBeLessThan(1.011);
      },
    ),
  );
  expect(new Histogram().percentile(0.5)).toBeNaN();
});

test('a loss, a repeat, a late one and a gap that was told are counted each as what it is', () => {
  const tally = { received: 0, doubled: 0, reordered: 0, told: 0 };
  const sequences = new Sequences(2, tally);
  sequences.last.fill(0);
  for (const offset of [1, 2, 2, 4, 3, 7]) sequences.got(0, offset);
  sequences.told(1, 1, 3);
  sequences.got(1, 4);
  expect(tally).toEqual({ received: 7, doubled: 1, reordered: 1, told: 3 });
  expect(sequences.missing).toBe(2);
  expect([...sequences.last]).toEqual([7, 4]);
});

test('what was lost in silence is a fault, what was told is none', () => {
  expect(sequenceFaults([{ ...empty, told: 5 }])).toEqual([]);
  const reports = [
    { ...empty, missing: 1, closes: { '4401 slow': 2 } },
    { ...empty, behind: 2, doubled: 1 },
  ];
  expect(sequenceFigures(reports)).toEqual({ lost: 3, doubled: 1, reordered: 0, gapped: 0, closes: 2 });
  expect(sequenceFaults(reports)).toEqual(['3 publications lost', '1 publications twice']);
});

test('of repeated runs the median is told; a void one counts only where all are, faults stay', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  const merged = mergeOutcomes(
    [outcome({ a: 1 }), outcome({ a: 3, b: 5 }), outcome({ a: 99 }, { voided: ['busy'], faults: ['lost'] })],
    median,
  );
  expect(merged).toMatchObject({ figures: { a: 2, b: 5 }, voided: [], faults: ['lost'] });
  expect(mergeOutcomes([outcome({ a: 9 }, { voided: ['busy'] })], median)).toMatchObject({
    figures: { a: 9 },
    voided: ['busy'],
  });
});

test('accepts are counted by the second, the empty ones too', () => {
  expect(perSecond([100, 999, 2_500])).toEqual([2, 0, 1]);
});

test('a goal is met, missed, or not judged for want of a figure', () => {
  const goal = goals.find(({ what }) => what.includes('`ws`'))!;
  const board = (name: string, clients: number, cpu: number) => ({
    ...outcome({ serverCpuPerDeliveryUs: cpu }),
    ...{ name, clients },
  });
  const boards = [board('callboard', 2_000, 1.2), board('callboard', 500, 9), board('ws', 500, 12)];
  expect(goal.figure({ boards, others: [] })).toBeCloseTo(0.1);
  expect(isMet(goal, goal.figure({ boards, others: [] }))).toBe(true);
  expect(isMet(goal, 0.2)).toBe(false);
  expect(isMet(goal, goal.figure({ boards: [], others: [] }))).toBeUndefined();
});

test('the report replaces what was measured before and nothing that people wrote', () => {
  const document = 'before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter\n';
  const input = { rounds: 1, date: '2026-01-02', versions: { ws: '8' }, boards: [], others: [] };
  const once = withReport(document, report(input));
  expect(once).toMatch(/^before\n/);
  expect(once).toMatch(/\nafter\n$/);
  expect(once).toContain('Measured 2026-01-02');
  expect(once).not.toContain('old');
  expect(withReport(once, report(input))).toBe(once);
  expect(() => withReport('no marks', '')).toThrow('no part between');
});

test('faults and a void run are printed below the figures', () => {
  const text = outcomeText(
    outcome({ lost: 2, latencyP99Ms: 12.345 }, { faults: ['2 lost'], voided: ['busy'] }),
  );
  expect(text.split('\n')).toEqual([
    'board: clients 1',
    '  lost          2',
    '  latencyP99Ms  12.3',
    '  VOID: busy',
    '  FAULT: 2 lost',
  ]);
});

test('the command line has the defaults of a board and refuses what it cannot do', () => {
  const { scenario, load } = readCommandLine([]);
  expect(scenario).toBe('board');
  expect(load).toMatchObject({
    seconds: 20,
    board: { rate: 10, bytes: 200, durability: 'disk', spread: false },
  });
  expect(load.board.channels).toHaveLength(20);
  expect(readCommandLine(['idle', '--env', 'FLUSH_MS=20']).target.env).toEqual({ FLUSH_MS: '20' });
  expect(() => readCommandLine(['--rate', '0'])).toThrow('--rate 0');
  expect(() => readCommandLine(['--durability', 'none'])).toThrow('--durability');
  expect(() => readCommandLine(['--wat'])).toThrow();
});
