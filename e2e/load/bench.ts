import { readFileSync, writeFileSync } from 'node:fs';
import { takeCores } from './cores.ts';
import { channelNames, type LoadOptions, type ServerName } from './options.ts';
import { type Outcome, outcomeText } from './outcome.ts';
import { installPeers, peer, peerVersions } from './peers.ts';
import { median, mergeOutcomes } from './repeat.ts';
import { report, withReport } from './report.ts';
import { withRig } from './rig.ts';
import { type ScenarioName, scenarios, serverEnv } from './scenarios.ts';
import { callboard } from './targets.ts';

/*
 * `npm run bench -- [rounds]`: Callboard beside its peers, one load generator for all of them, then the other
 * scenarios; writes docs/benchmarks.md. Everything is measured so many times (default 3) in turns and the median told,
 * so that what else the machine did in one minute is not held against one of them.
 */

const DOCUMENT = new URL('../../docs/benchmarks.md', import.meta.url);

export interface Contender {
  name: ServerName;
  clients: number;
}

/** Each at a load that it can hold. */
const CONTENDERS: Contender[] = [
  { name: 'callboard', clients: 500 },
  { name: 'ws', clients: 500 },
  { name: 'socket.io', clients: 300 },
  { name: 'callboard', clients: 2_000 },
  { name: 'bun', clients: 2_000 },
  { name: 'callboard', clients: 4_000 },
];

const SCENARIOS: ScenarioName[] = ['idle', 'announce', 'newcomers', 'memory', 'ingest', 'restart', 'stalled'];

const BOARD = {
  channels: channelNames(20),
  rate: 10,
  bytes: 200,
  spread: false,
  durability: 'disk',
} as const;
const SECONDS = 15;

const rounds = Number(process.argv[2] ?? 3);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('npm run bench -- [rounds]: a number from 1.');
installPeers();
const pin = takeCores();

/** A scenario that cannot be done is told as a fault, and the others still run. */
async function measure(name: ServerName, scenario: ScenarioName, clients?: number): Promise<Outcome> {
  const load: LoadOptions = { clients, seconds: SECONDS, board: BOARD };
  const outcome = await attempt(name, scenario, load).catch(
    (error: unknown): Outcome => ({
      ...{ scenario, load: { server: name, clients }, figures: {}, voided: [] },
      faults: [error instanceof Error ? error.message : String(error)],
    }),
  );
  process.stdout.write(`\n${name}, ${outcomeText(outcome)}\n`);
  return outcome;
}

async function attempt(name: ServerName, scenario: ScenarioName, load: LoadOptions): Promise<Outcome> {
  const target =
    name === 'callboard' ? await callboard({ env: serverEnv(scenario) }, pin) : await peer(name, pin);
  return withRig(target, pin !== undefined, (rig) => scenarios[scenario](rig, load));
}

const boards = CONTENDERS.map((contender) => ({ ...contender, outcomes: [] as Outcome[] }));
const others = SCENARIOS.map((name) => ({ name, outcomes: [] as Outcome[] }));
for (let round = 0; round < rounds; round += 1) {
  for (const { name, clients, outcomes } of boards) outcomes.push(await measure(name, 'board', clients));
  for (const { name, outcomes } of others) outcomes.push(await measure('callboard', name));
}

const text = report({
  rounds,
  date: new Date().toISOString().slice(0, 10),
  versions: peerVersions(),
  boards: boards.map(({ name, clients, outcomes }) => ({
    name,
    clients,
    ...mergeOutcomes(outcomes, median),
  })),
  others: others.map(({ outcomes }) => mergeOutcomes(outcomes, median)),
});
writeFileSync(DOCUMENT, withReport(readFileSync(DOCUMENT, 'utf8'), text));
process.stdout.write(`\n${text}`);
