/** Each series of a Prometheus text by its name with labels, as it stands there. */
export function readMetrics(text: string): Map<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][^ {]*(?:\{.*\})?) (\S+)/.exec(line) ?? [];
    if (name !== undefined) series.set(name, Number(value));
  }
  return series;
}

/** All series of a metric added up, whatever their labels. */
export function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  let sum = 0;
  for (const [series, value] of metrics) if (series.split('{', 1)[0] === name) sum += value;
  return sum;
}

/** prom-client samples the loop's delay by a timer of so many ms, and counts the timer's own wait as delay. */
const SAMPLED_EVERY_MS = 10;

/** How much later than asked the server's event loop ran, since the metrics were last read; ms at the 99th percentile. */
export function loopDelayP99Ms(metrics: ReadonlyMap<string, number>): number {
  return Math.max(
    0,
    (metrics.get('nodejs_eventloop_lag_p99_seconds') ?? Number.NaN) * 1_000 - SAMPLED_EVERY_MS,
  );
}
