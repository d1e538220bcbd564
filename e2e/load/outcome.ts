import { GENERATOR_MAX, total, type Window } from './rig.ts';
import type { ViewersReport } from './viewers.ts';

/** What a scenario found. */
export interface Outcome {
  scenario: string;
  /** What was asked for. */
  load: Record<string, unknown>;
  /** By name, which ends in the unit. */
  figures: Record<string, number>;
  /** What must never happen and did. */
  faults: string[];
  /** Why the figures say nothing. */
  voided: string[];
}

/** The figures of a window that every scenario with a running board has. */
export function windowFigures(window: Window): Record<string, number> {
  const { deliveries, seconds, latency, acknowledged, server } = window;
  const perDelivery = (ms: number): number => (ms * 1_000) / deliveries;
  return {
    deliveriesPerSecond: deliveries / seconds,
    framesPerSecond: window.frames / seconds,
    publicationsPerFrame: deliveries / window.frames,
    megabytesPerSecond: window.bytes / seconds / 1e6,
    publishedPerSecond: window.published / seconds,
    latencyP50Ms: latency.percentile(0.5),
    latencyP95Ms: latency.percentile(0.95),
    latencyP99Ms: latency.percentile(0.99),
    latencyMaxMs: latency.percentile(1),
    acknowledgedP50Ms: acknowledged.percentile(0.5),
    acknowledgedP99Ms: acknowledged.percentile(0.99),
    producerLateMs: window.lateMs,
    ...(server && {
      serverCpuPerDeliveryUs: perDelivery(server.cpuMs),
      serverMainThreadPerDeliveryUs: perDelivery(server.mainThreadCpuMs),
      serverCores: server.cpuMs / 1_000 / seconds,
      serverWaitedShare: server.waitedMs / 1_000 / seconds,
    }),
    generatorCores: window.generator,
  };
}

export function windowVoid({ generator }: Window): string[] {
  if (generator <= GENERATOR_MAX) return [];
  return [`the generator took ${Math.round(generator * 100)} % of its core`];
}

/** Those of the figures that there are. */
export function pick(figures: Record<string, number>, ...names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => names.includes(name)));
}

/** Publications that the server did not take. */
export function windowFaults({ failures }: Window): string[] {
  return failures.map((why) => `a publish failed: ${why}`);
}

export function sequenceFigures(reports: readonly ViewersReport[]): Record<string, number> {
  return {
    lost: total(reports, 'missing') + total(reports, 'behind'),
    doubled: total(reports, 'doubled'),
    reordered: total(reports, 'reordered'),
    gapped: total(reports, 'told'),
    closes: reports.flatMap(({ closes }) => Object.values(closes)).reduce((sum, count) => sum + count, 0),
  };
}

/** Whatever broke a promise: a loss, a repeat, a change of order, a connection that ended. */
export function sequenceFaults(reports: readonly ViewersReport[]): string[] {
  const { lost = 0, doubled = 0, reordered = 0 } = sequenceFigures(reports);
  return [
    ...(lost > 0 ? [`${lost} publications lost`] : []),
    ...(doubled > 0 ? [`${doubled} publications twice`] : []),
    ...(reordered > 0 ? [`${reordered} publications out of order`] : []),
    ...reports.flatMap(({ faults }) => faults),
  ];
}

/** For people: one figure a line, faults and the reason of a void run after them. */
export function outcomeText({ scenario, load, figures, faults, voided }: Outcome): string {
  const asked = Object.entries(load).map(([name, value]) => `${name} ${value}`);
  const width = Math.max(...Object.keys(figures).map(({ length }) => length));
  return [
    `${scenario}: ${asked.join(', ')}`,
    ...Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}  ${shown(value)}`),
    ...voided.map((why) => `  VOID: ${why}`),
    ...faults.map((fault) => `  FAULT: ${fault}`),
  ].join('\n');
}

/** A figure for people: no more digits than it is worth. */
export function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 1_000 ? 1 : 0);
}
