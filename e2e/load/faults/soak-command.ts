import { parseArgs } from 'node:util';
import { BUILT } from '../../../server/test/server-process.ts';
import { linesOf, verdictOf } from './report.ts';
import { soak } from './soak.ts';

/*
 *   npm run soak -- --minutes 5 --seed 42 --viewers 200 --rate 36
 *
 * Exit code 0 when it passed, 1 on any violation, 2 when no fault was noticed.
 */

const EXIT_CODES = { passed: 0, failed: 1, void: 2 } as const;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    viewers: { type: 'string', default: '200' },
    rate: { type: 'string', default: '36' },
  },
});

/** @throws a sentence for the person who typed it */
function positive(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} is "${values[name]}", but must be a number above 0.`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const options = {
  lengthMs: positive('minutes') * 60_000,
  seed: positive('seed'),
  viewers: Math.ceil(positive('viewers')),
  rate: positive('rate'),
};
say(`${values.viewers} viewers, ${values.rate} publications/s, ${values.minutes} min, seed ${values.seed}`);
const report = await soak({ ...options, program: BUILT, progress: say });
for (const line of linesOf(report)) say(line);
process.exitCode = EXIT_CODES[verdictOf(report)];
