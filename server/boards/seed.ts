import type { BoardContent, Series, Threshold, Tile } from '../../shared/domain/board.ts';

const host = (pointer: string, label?: string): Series => ({
  channel: 'system.host',
  pointer,
  ...(label !== undefined && { label }),
});
const own = (pointer: string, label?: string): Series => ({
  ...host(pointer, label),
  channel: 'system.callboard',
});

const above = (value: number, severity: Threshold['severity'], word: string): Threshold => ({
  when: 'above',
  value,
  severity,
  word,
});

/** Lights beyond this no longer fit their tile; lines beyond the second number are a tangle. */
const LIGHTS_MAX = 48;
const LINES_MAX = 6;

const welcome = `This board was made for you from channels that every Callboard has: \`system.host\`, \`system.callboard\` and \`system.events\`.

- Your own values: **Channels** shows the one line of curl that sends them.
- This board: press **e** to change it.
- Everybody at once: **Announce**.
`;

/** The first board: this machine and this Callboard, live from the first second. Seventeen rows fill a desk's screen. */
export function thisServerBoard(cores: number): BoardContent {
  return { name: 'This server', tiles: [...figures(), ...charts(cores), ...below(cores)] };
}

function figures(): Tile[] {
  const size = { y: 0, w: 4, h: 4 };
  return [
    {
      id: 'cpu',
      type: 'number',
      title: 'CPU',
      ...{ x: 0, ...size },
      style: 'percent',
      decimals: 0,
      series: host('/cpu/percent'),
      thresholds: [above(90, 'warning', 'BUSY')],
    },
    {
      id: 'memory',
      type: 'number',
      title: 'Memory',
      ...{ x: 4, ...size },
      style: 'percent',
      decimals: 0,
      series: host('/memory/percent'),
      thresholds: [above(85, 'warning', 'HIGH'), above(95, 'critical', 'FULL')],
    },
    {
      id: 'disk',
      type: 'gauge',
      title: 'Disk',
      ...{ x: 8, ...size },
      style: 'percent',
      decimals: 0,
      min: 0,
      max: 100,
      series: host('/disk/percent'),
      thresholds: [above(90, 'warning', 'FILLING'), above(97, 'critical', 'FULL')],
    },
    {
      id: 'event-loop',
      type: 'number',
      title: 'Event loop delay, p99',
      ...{ x: 12, ...size },
      style: 'duration',
      series: own('/eventLoopMs/p99'),
      thresholds: [above(100, 'warning', 'SLOW'), above(500, 'critical', 'STUCK')],
    },
    {
      id: 'connections',
      type: 'number',
      title: 'Connections',
      ...{ x: 16, ...size },
      decimals: 0,
      series: own('/connections'),
    },
    {
      id: 'deliveries',
      type: 'number',
      title: 'Deliveries a second',
      ...{ x: 20, ...size },
      decimals: 0,
      series: own('/deliveriesPerSecond'),
    },
  ];
}

function charts(cores: number): Tile[] {
  const perCore = Array.from({ length: cores }, (_, core) => host(`/cpu/cores/${core}`, `core ${core}`));
  return [
    {
      id: 'cores',
      type: 'chart',
      title: cores <= LINES_MAX ? 'CPU by core' : 'CPU',
      ...{ x: 0, y: 4, w: 14, h: 7 },
      style: 'percent',
      decimals: 0,
      kind: 'lines',
      min: 0,
      max: 100,
      series: cores <= LINES_MAX ? perCore : [host('/cpu/percent', 'all cores')],
      thresholds: [above(90, 'warning', 'BUSY')],
    },
    {
      id: 'network',
      type: 'chart',
      title: 'Network',
      ...{ x: 14, y: 4, w: 10, h: 7 },
      style: 'bytes',
      unit: '/s',
      kind: 'area',
      min: 0,
      series: [host('/network/receivedBytesPerSecond', 'in'), host('/network/sentBytesPerSecond', 'out')],
    },
    {
      id: 'events',
      type: 'log',
      title: 'What happened here',
      ...{ x: 0, y: 11, w: 8, h: 6 },
      channels: ['system.events'],
      pointer: '/message',
      levelPointer: '/level',
    },
    {
      id: 'bytes',
      type: 'table',
      title: 'Memory and disk',
      ...{ x: 8, y: 11, w: 8, h: 6 },
      style: 'bytes',
      series: [
        host('/memory/usedBytes', 'memory'),
        host('/disk/usedBytes', 'disk'),
        host('/disk/readBytesPerSecond', 'disk reads, each second'),
        host('/disk/writeBytesPerSecond', 'disk writes, each second'),
        own('/memory/rssBytes', 'Callboard'),
        own('/outboxBytes', 'waiting for viewers'),
      ],
    },
    {
      id: 'load',
      type: 'chart',
      title: 'Load',
      ...{ x: 16, y: 11, w: 8, h: 6 },
      decimals: 2,
      kind: 'lines',
      min: 0,
      series: [host('/load/one', '1 min'), host('/load/five', '5 min'), host('/load/fifteen', '15 min')],
    },
  ];
}

function below(cores: number): Tile[] {
  const lights = Array.from({ length: Math.min(cores, LIGHTS_MAX) }, (_, core) =>
    host(`/cpu/cores/${core}`, `Core ${core}`),
  );
  return [
    {
      id: 'core-lights',
      type: 'status',
      title: 'Cores',
      ...{ x: 0, y: 17, w: 8, h: 5 },
      series: lights,
      thresholds: [above(90, 'warning', 'busy')],
    },
    {
      id: 'fanout',
      type: 'chart',
      title: 'Fan-out, from publication to sockets',
      ...{ x: 8, y: 17, w: 8, h: 5 },
      style: 'duration',
      kind: 'lines',
      min: 0,
      series: [own('/fanoutMs/p50', 'p50'), own('/fanoutMs/p95', 'p95')],
    },
    { id: 'welcome', type: 'text', title: 'What now', ...{ x: 16, y: 17, w: 8, h: 5 }, text: welcome },
  ];
}
