import type { Outcome } from './outcome.ts';

/** An outcome of the scenario `board` and whose it is. */
export interface BoardOutcome extends Outcome {
  name: string;
  clients: number;
}

export interface Measured {
  boards: BoardOutcome[];
  others: Outcome[];
}

export interface Goal {
  what: string;
  unit: string;
  atMost?: number;
  atLeast?: number;
  /** NaN where it was not measured. */
  figure(measured: Measured): number;
}

const CPU = 'serverCpuPerDeliveryUs';

/** What the delivery engine is built for, on two cores: one for the server, one for everything that loads it. */
export const goals: Goal[] = [
  {
    what: 'server CPU per delivered publication, 2,000 viewers',
    unit: 'µs',
    atMost: 1.5,
    figure: board(2_000, CPU),
  },
  { what: 'the same as a share of `ws`', unit: '', atMost: 1 / 8, figure: ratioTo('ws') },
  { what: 'the same as a share of Socket.IO', unit: '', atMost: 1 / 12, figure: ratioTo('socket.io') },
  { what: 'the same as a share of Bun, native publish', unit: '', atMost: 0.9, figure: ratioTo('bun') },
  {
    what: 'server CPU per delivered publication, 4,000 viewers',
    unit: 'µs',
    atMost: 1.5,
    figure: board(4_000, CPU),
  },
  { what: 'latency p99, 4,000 viewers', unit: 'ms', atMost: 150, figure: board(4_000, 'latencyP99Ms') },
  { what: 'latency p50, idle', unit: 'ms', atMost: 4, figure: other('idle', 'latencyP50Ms') },
  { what: 'latency p99, idle', unit: 'ms', atMost: 15, figure: other('idle', 'latencyP99Ms') },
  { what: 'announcement to 10,000: first', unit: 'ms', atMost: 20, figure: other('announce', 'firstMs') },
  { what: 'announcement to 10,000: last', unit: 'ms', atMost: 600, figure: other('announce', 'lastMs') },
  {
    ...{ what: 'resident memory per idle connection, 10,000 of them', unit: 'KiB', atMost: 10 },
    figure: other('memory', 'residentPerConnectionKilobytes'),
  },
  {
    ...{ what: '2,000 newcomers beside 400,000 deliveries/s: all live', unit: 'ms', atMost: 3_000 },
    figure: other('newcomers', 'allLiveMs'),
  },
  {
    what: '5,000 clients after `kill -9`: all live',
    unit: 'ms',
    atMost: 15_000,
    figure: other('restart', 'allLiveMs'),
  },
  {
    ...{ what: 'their accepts in the fullest second, of what the server plans', unit: '×', atMost: 2 },
    figure: other('restart', 'acceptPeakOfPlan'),
  },
  {
    ...{ what: 'durable publications in batches of 100', unit: '/s', atLeast: 20_000 },
    figure: other('ingest', 'batchesPerSecond'),
  },
  {
    ...{ what: 'event-loop delay p99 meanwhile', unit: 'ms', atMost: 20 },
    figure: other('ingest', 'batchesLoopDelayP99Ms'),
  },
  {
    ...{ what: 'durable publications, one per request', unit: '/s', atLeast: 3_000 },
    figure: other('ingest', 'singlePerSecond'),
  },
  {
    ...{ what: 'event-loop delay p99 meanwhile', unit: 'ms', atMost: 20 },
    figure: other('ingest', 'singleLoopDelayP99Ms'),
  },
  {
    ...{ what: 'p99 of 900 healthy beside 100 stalled, more than without', unit: 'ms', atMost: 5 },
    figure: (measured) =>
      other('stalled', 'healthyP99BesideMs')(measured) - other('stalled', 'healthyP99AloneMs')(measured),
  },
  {
    ...{ what: 'memory per stalled reader', unit: 'KiB', atMost: 2_048 },
    figure: other('stalled', 'residentPerStalledKilobytes'),
  },
  {
    what: 'last stalled reader closed after',
    unit: 'ms',
    atMost: 35_000,
    figure: other('stalled', 'lastClosedMs'),
  },
];

/** Undefined where there is no figure to judge. */
export function isMet(
  { atMost = Number.POSITIVE_INFINITY, atLeast = 0 }: Goal,
  figure: number,
): boolean | undefined {
  return Number.isNaN(figure) ? undefined : figure <= atMost && figure >= atLeast;
}

function board(clients: number, figure: string, name = 'callboard') {
  return ({ boards }: Measured): number => {
    const found = boards.find((one) => one.name === name && one.clients === clients);
    return found?.figures[figure] ?? Number.NaN;
  };
}

/** Callboard with 2,000 viewers by the peer at the load that it can hold. */
function ratioTo(peer: string) {
  return (measured: Measured): number => {
    const found = measured.boards.find(({ name }) => name === peer);
    return board(2_000, CPU)(measured) / (found?.figures[CPU] ?? Number.NaN);
  };
}

function other(scenario: string, figure: string) {
  return ({ others }: Measured): number =>
    others.find((one) => one.scenario === scenario)?.figures[figure] ?? Number.NaN;
}
