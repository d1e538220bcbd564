import { between, oneOf, type Random, seededRandom } from './random.ts';

/** Faults of the network, with about how often each happens to some line (ms). */
const EVERY_MS = {
  reset: 700,
  stall: 2_000,
  narrow: 3_000,
  'half-open': 12_000,
  'half-close': 8_000,
  refuse: 40_000,
  'producer reset': 2_000,
  resubscribe: 500,
} as const;
export type LineFault = keyof typeof EVERY_MS;
export type Restart = 'kill' | 'drain';

export interface PlannedFault {
  /** ms since the start of the run */
  at: number;
  fault: LineFault | Restart;
}

const RESTART_EVERY_MS = 45_000;
/** Short runs have at least one restart of each kind. */
const RESTARTS_MIN = 3;

/** The faults of a run, in order of time: the same for the same seed and length. */
export function planFaults(seed: number, lengthMs: number): PlannedFault[] {
  const random = seededRandom(seed);
  const planned: PlannedFault[] = [];
  for (const [fault, everyMs] of Object.entries(EVERY_MS) as [LineFault, number][]) {
    for (let at = next(random, everyMs); at < lengthMs; at += next(random, everyMs)) {
      planned.push({ at, fault });
    }
  }
  const restartEveryMs = Math.min(RESTART_EVERY_MS, lengthMs / RESTARTS_MIN);
  for (let nth = 1; nth * restartEveryMs < lengthMs; nth += 1) {
    planned.push({ at: nth * restartEveryMs, fault: nth % 2 === 1 ? 'kill' : 'drain' });
  }
  return planned.sort((a, b) => a.at - b.at);
}

function next(random: Random, everyMs: number): number {
  return everyMs * between(random, 0.5, 1.5);
}

/** What a line that was just opened is like: most are good, some are far away, some chop what they carry. */
export function drawWeather(random: Random) {
  const drawn = oneOf(random, [
    'good',
    'good',
    'good',
    'good',
    'good',
    'good',
    'good',
    'far',
    'far',
    'chopped',
  ]);
  if (drawn === 'far') {
    const delayMs = between(random, 5, 80);
    return { up: { delayMs }, down: { delayMs, jitterMs: delayMs / 2 } };
  }
  return drawn === 'chopped' ? { down: { pieceBytes: Math.ceil(between(random, 16, 512)) } } : {};
}
