import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a memory copy to a stuck disk. */
const FAST_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * Everything that `/metrics` shows, under names that begin with `callboard_`. Mechanisms take single counters of
 * these as small interfaces (`{ inc() }`, `{ observe() }`) and do not know Prometheus.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `callboard_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Histogram({ name: `callboard_${name}`, help, labelNames, buckets: FAST_SECONDS, registers });
  return {
    registry,
    handshakes: counter('handshakes_total', 'WebSocket upgrades, by what became of them', ['result']),
    closes: counter('closes_total', 'WebSocket closes, by code', ['code']),
    messagesReceived: counter('messages_received_total', 'WebSocket messages from clients, by type', [
      'type',
    ]),
    publications: counter('publications_total', 'Publications kept'),
    deliveries: counter('deliveries_total', 'Publications handed to sockets'),
    sentBytes: counter('sent_bytes_total', 'Bytes handed to sockets'),
    fanoutSeconds: histogram(
      'fanout_seconds',
      'Time from the commit of a publication to its last socket write',
    ),
    gaps: counter('gaps_total', 'Gaps announced to clients, by reason', ['reason']),
    recoveries: counter('recoveries_total', 'Recoveries, by result', ['result']),
    slowClients: counter('slow_clients_total', 'Times a client passed its outbox limit'),
    httpSeconds: histogram('http_request_seconds', 'Time of HTTP requests', ['method', 'status']),
    signIns: counter('sign_ins_total', 'Sign-ins, by result', ['result']),
    /** A gauge whose value is asked for when `/metrics` is read. */
    gauge(name: string, help: string, value: () => number): void {
      new Gauge({
        name: `callboard_${name}`,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
