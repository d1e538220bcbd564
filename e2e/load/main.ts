import { takeCores } from './cores.ts';
import { readCommandLine, USAGE } from './options.ts';
import { outcomeText } from './outcome.ts';
import { installPeers, peer } from './peers.ts';
import { withRig } from './rig.ts';
import { isScenario, scenarios, serverEnv } from './scenarios.ts';
import { callboard } from './targets.ts';

/*
 * `npm run load`: puts load on a server and prints what it did.
 * Exit code 1 when something happened that must never happen, 2 when the figures say nothing.
 */

const { scenario, server, load, target, json, help } = readCommandLine(process.argv.slice(2));
if (help || !isScenario(scenario)) {
  process.stdout.write(USAGE);
  process.exit(help ? 0 : 64);
}
const pin = takeCores();
const env = { ...serverEnv(scenario), ...target.env };
if (server !== 'callboard') installPeers();
const put = server === 'callboard' ? await callboard({ ...target, env }, pin) : await peer(server, pin);
const outcome = await withRig(put, pin !== undefined, (rig) => scenarios[scenario](rig, load));
process.stdout.write(`${json ? JSON.stringify(outcome) : outcomeText(outcome)}\n`);
if (outcome.faults.length > 0) process.exitCode = 1;
else if (outcome.voided.length > 0) process.exitCode = 2;
