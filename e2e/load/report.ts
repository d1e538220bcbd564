import { cpus, release, totalmem } from 'node:os';
import { type BoardOutcome, goals, isMet, type Measured } from './goals.ts';
import { type Outcome, shown } from './outcome.ts';

const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/**
 * The document with its measured part replaced; what people wrote around it stays.
 * @throws Error when it has no such part
 */
export function withReport(document: string, report: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The document has no part between ${BEGIN} and ${END}.`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${report.trim()}\n\n${document.slice(to)}`;
}

export interface ReportInput extends Measured {
  rounds: number;
  /** ISO date. */
  date: string;
  versions: Record<string, string>;
}

/** What `npm run bench` found, as the measured part of docs/benchmarks.md. */
export function report({ rounds, date, versions, ...measured }: ReportInput): string {
  const { boards, others } = measured;
  return [
    `Measured ${date} on ${machine()}.`,
    `Medians of ${rounds}, taken in turns. Peers: ${entries(versions)}.`,
    '',
    '## Beside its peers',
    '',
    ...boardTable(boards),
    '',
    '## Against what it is built for',
    '',
    ...goalTable(measured),
    '',
    '## What fell short',
    '',
    ...shortfalls(measured),
    '',
    '## Every figure of the scenarios',
    '',
    ...others.flatMap(scenarioTable),
  ].join('\n');
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model}), ${gib} GiB, Linux ${release()}, Node ${process.versions.node}`;
}

function boardTable(boards: readonly BoardOutcome[]): string[] {
  const columns = [
    ['deliveries/s', 'deliveriesPerSecond'],
    ['server µs per delivery', 'serverCpuPerDeliveryUs'],
    ['of it main thread', 'serverMainThreadPerDeliveryUs'],
    ['server, cores', 'serverCores'],
    ['p50 ms', 'latencyP50Ms'],
    ['p99 ms', 'latencyP99Ms'],
    ['lost', 'lost'],
    ['waited for its core', 'serverWaitedShare'],
  ] as const;
  const rows = boards.map(({ name, clients, figures, voided }) => {
    const cells = columns.map(([, figure]) => shown(figures[figure] ?? Number.NaN));
    return [`${name}${voided.length > 0 ? ' (VOID)' : ''}`, String(clients), ...cells];
  });
  return table(['server', 'viewers', ...columns.map(([title]) => title)], rows);
}

function goalTable(measured: Measured): string[] {
  const rows = goals.map((goal) => {
    const figure = goal.figure(measured);
    const bound = goal.atMost === undefined ? `≥ ${shown(goal.atLeast ?? 0)}` : `≤ ${shown(goal.atMost)}`;
    const met = isMet(goal, figure);
    return [goal.what, `${bound} ${goal.unit}`, `${shown(figure)} ${goal.unit}`, met ? 'met' : 'NOT MET'];
  });
  return table(['what', 'goal', 'measured', ''], rows);
}

function shortfalls(measured: Measured): string[] {
  const unmet = goals.flatMap((goal) => {
    const figure = goal.figure(measured);
    return isMet(goal, figure) ? [] : [`- ${goal.what}: ${shown(figure)} ${goal.unit}`];
  });
  const broken = [...measured.boards, ...measured.others].flatMap(({ scenario, faults, voided, load }) => [
    ...faults.map((fault) => `- ${scenario} (${entries(load)}): ${fault}`),
    ...voided.map((why) => `- ${scenario} (${entries(load)}) is void: ${why}`),
  ]);
  const lines = [...unmet, ...broken];
  return lines.length > 0 ? lines : ['Nothing.'];
}

function scenarioTable({ scenario, load, figures }: Outcome): string[] {
  const rows = Object.entries(figures).map(([name, value]) => [`\`${name}\``, shown(value)]);
  return [
    `### ${scenario}`,
    '',
    `${entries(load)}; \`npm run load -- ${scenario}\``,
    '',
    ...table(['figure', ''], rows),
    '',
  ];
}

function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function entries(record: Record<string, unknown>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
