import type { BoardContent, Series, Threshold, Tile } from '../../shared/domain/board.ts';

const host = (pointer: string, label: string): Series => ({ channel: 'system.host', pointer, label });
const own = (pointer: string, label: string): Series => ({ channel: 'system.callboard', pointer, label });

function above(warning: number, critical: number, [high, full]: [string, string]): Threshold[] {
  return [
    { when: 'above', value: warning, severity: 'warning', word: high },
    { when: 'above', value: critical, severity: 'critical', word: full },
  ];
}

const busy = above(80, 95, ['BUSY', 'MAXED']);
const filling = above(80, 92, ['FILLING', 'FULL']);

/** Most lines of one chart and lights of one tile that a person can still tell apart. */
const CORES_SHOWN = 32;

/** The first board: this machine and this Callboard, live from the first second. */
export function thisServerBoard(cores: number): BoardContent {
  const perCore = Array.from({ length: Math.min(cores, CORES_SHOWN) }, (_, core) =>
    host(`/cpu/cores/${core}`, `core ${core}`),
  );
  const tiles: Tile[] = [
    {
      id: 'cpu',
      type: 'number',
      title: 'CPU',
      ...{ x: 0, y: 0, w: 5, h: 4 },
      style: 'percent',
      decimals: 0,
      series: host('/cpu/percent', 'all cores'),
      thresholds: busy,
    },
    {
      id: 'memory',
      type: 'number',
      title: 'Memory',
      ...{ x: 5, y: 0, w: 5, h: 4 },
      style: 'percent',
      decimals: 0,
      series: host('/memory/percent', 'in use'),
      thresholds: above(85, 95, ['HIGH', 'FULL']),
    },
    {
      id: 'connections',
      type: 'number',
      title: 'Connections',
      ...{ x: 10, y: 0, w: 5, h: 4 },
      series: own('/connections', 'open'),
    },
    {
      id: 'event-loop',
      type: 'number',
      title: 'Event loop, p99',
      ...{ x: 15, y: 0, w: 5, h: 4 },
      style: 'duration',
      decimals: 1,
      series: own('/eventLoopMs/p99', 'delay'),
      thresholds: above(50, 250, ['SLOW', 'STUCK']),
    },
    {
      id: 'disk',
      type: 'gauge',
      title: 'Disk',
      ...{ x: 20, y: 0, w: 4, h: 4 },
      style: 'percent',
      decimals: 0,
      min: 0,
      max: 100,
      series: host('/disk/percent', 'in use'),
      thresholds: filling,
    },
    {
      id: 'cores',
      type: 'chart',
      title: 'CPU per core',
      ...{ x: 0, y: 4, w: 12, h: 7 },
      style: 'percent',
      decimals: 0,
      kind: 'lines',
      min: 0,
      max: 100,
      series: perCore,
    },
    {
      id: 'network',
      type: 'chart',
      title: 'Network',
      ...{ x: 12, y: 4, w: 12, h: 7 },
      style: 'bytes',
      unit: '/s',
      kind: 'area',
      min: 0,
      series: [host('/network/receivedBytesPerSecond', 'in'), host('/network/sentBytesPerSecond', 'out')],
    },
    {
      id: 'load',
      type: 'chart',
      title: 'Load',
      ...{ x: 0, y: 11, w: 10, h: 6 },
      decimals: 2,
      kind: 'lines',
      min: 0,
      series: [host('/load/one', '1 min'), host('/load/five', '5 min'), host('/load/fifteen', '15 min')],
    },
    {
      id: 'core-lights',
      type: 'status',
      title: 'Cores',
      ...{ x: 10, y: 11, w: 5, h: 6 },
      series: perCore,
      thresholds: busy,
    },
    {
      id: 'events',
      type: 'log',
      title: 'What happened here',
      ...{ x: 15, y: 11, w: 9, h: 6 },
      channels: ['system.events'],
      pointer: '/message',
      levelPointer: '/level',
    },
    {
      id: 'throughput',
      type: 'chart',
      title: 'Publications a second',
      ...{ x: 0, y: 17, w: 15, h: 6 },
      decimals: 0,
      kind: 'area',
      min: 0,
      series: [own('/publicationsPerSecond', 'in'), own('/deliveriesPerSecond', 'out')],
    },
    {
      id: 'bytes',
      type: 'table',
      title: 'Memory and disk',
      ...{ x: 15, y: 17, w: 9, h: 6 },
      style: 'bytes',
      series: [
        host('/memory/usedBytes', 'memory in use'),
        host('/memory/totalBytes', 'memory in all'),
        host('/disk/usedBytes', 'disk in use'),
        host('/disk/totalBytes', 'disk in all'),
        own('/memory/rssBytes', 'Callboard in all'),
        own('/memory/heapBytes', 'Callboard heap'),
      ],
    },
  ];
  return { name: 'This server', tiles };
}
