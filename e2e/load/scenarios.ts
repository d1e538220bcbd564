import type { LoadOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { Rig } from './rig.ts';
import { announce } from './scenarios/announce.ts';
import { board } from './scenarios/board.ts';
import { idle } from './scenarios/idle.ts';
import { ingest } from './scenarios/ingest.ts';
import { memory } from './scenarios/memory.ts';
import { newcomers } from './scenarios/newcomers.ts';
import { restart } from './scenarios/restart.ts';
import { stalled } from './scenarios/stalled.ts';

export type Scenario = (rig: Rig, options: LoadOptions) => Promise<Outcome>;

/** What `npm run load` can do, by name. */
export const scenarios = {
  board,
  idle,
  memory,
  announce,
  newcomers,
  ingest,
  restart,
  stalled,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** Everybody comes at once but where the server's own limit of handshakes is part of what is measured. */
export function serverEnv(name: ScenarioName): Record<string, string> {
  return name === 'restart' ? {} : { MAX_HANDSHAKES_PER_SECOND: '10000' };
}

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}
