import type { Checker } from './checker.ts';
import { violationKinds } from './ledger.ts';
import type { Restart } from './plan.ts';

export interface SoakReport extends Pick<Checker, 'ledger' | 'figures' | 'outcomes'> {
  seconds: number;
  /** Requests that were tried again, and answers that said that the publication was there already. */
  retries: number;
  duplicates: number;
  /** How viewers' connections ended, by close code. */
  closes: ReadonlyMap<number, number>;
  /** Faults that were inflicted. */
  faults: ReadonlyMap<string, number>;
  restarts: Readonly<Record<Restart, number>>;
  /** What went wrong beside what the checker sees. */
  failures: readonly string[];
}

/** `void`: nobody noticed a fault, so nothing was proved. */
export type Verdict = 'passed' | 'failed' | 'void';

export function verdictOf({ ledger, closes, restarts, failures, outcomes, figures }: SoakReport): Verdict {
  if (ledger.total > 0 || failures.length > 0) return 'failed';
  const noticed = sum(closes) > 0 && sum(figures.recoveries) > 0 && restarts.kill > 0 && restarts.drain > 0;
  return noticed && outcomes.acknowledged > 0 ? 'passed' : 'void';
}

/** The report as lines for a terminal. */
export function linesOf(report: SoakReport): string[] {
  const { seconds, figures, outcomes, restarts, ledger, failures } = report;
  const complete = figures.recoveries.get('complete') ?? 0;
  const rows: [string, string | number][] = [
    ['length', `${seconds.toFixed(0)} s`],
    ['deliveries', figures.deliveries],
    ['publications sent', outcomes.sent],
    ['  acknowledged', outcomes.acknowledged],
    ['  refused', outcomes.refused],
    ['  unknown', outcomes.unknown],
    ['requests tried again', `${report.retries} (${report.duplicates} publications were there already)`],
    ['restarts', `${restarts.kill} by kill -9, ${restarts.drain} by SIGTERM`],
    ['reconnects', `${sum(report.closes)} (${listed(report.closes)})`],
    ['subscribed with since', sum(figures.recoveries)],
    ['  recovered', complete],
    ['  not, by reason', listed(without(figures.recoveries, 'complete'))],
    ['gaps announced', `${sum(figures.gaps)} (${listed(figures.gaps)}), ${figures.gapOffsets} offsets`],
    ['faults', listed(report.faults)],
    ...violationKinds.map((kind): [string, number] => [kind, ledger.count(kind)]),
  ];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(24)}${value}`),
    ...[...failures, ...ledger.listed].map((line) => `! ${line}`),
    `verdict: ${verdictOf(report)}`,
  ];
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function without(counts: ReadonlyMap<string, number>, name: string): Map<string, number> {
  return new Map([...counts].filter(([one]) => one !== name));
}

function listed(counts: ReadonlyMap<string | number, number>): string {
  if (counts.size === 0) return 'none';
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}
