import { takeCores } from './cores.ts';
import { readCommandLine, USAGE } from './options.ts';
import { outcomeText } from './outcome.ts';
import { Rig } from './rig.ts';
import { isScenario, scenarios } from './scenarios.ts';
import { callboard } from './targets.ts';

/*
 * `npm run load`: puts load on a server and prints what it did.
 * Exit code 1 when something happened that must never happen, 2 when the figures say nothing.
 */

const { scenario, load, target, json, help } = readCommandLine(process.argv.slice(2));
const chosen = isScenario(scenario) ? scenarios[scenario] : undefined;
if (help || !chosen) {
  process.stdout.write(USAGE);
  process.exit(help ? 0 : 64);
}
const pin = takeCores();
const rig = new Rig(await callboard(target, pin), pin !== undefined);
try {
  const outcome = await chosen(rig, load);
  process.stdout.write(`${json ? JSON.stringify(outcome) : outcomeText(outcome)}\n`);
  if (outcome.faults.length > 0) process.exitCode = 1;
  else if (outcome.voided.length > 0) process.exitCode = 2;
} finally {
  await rig.close();
}
