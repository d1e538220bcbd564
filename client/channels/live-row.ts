import { Sparkline } from '../charts/sparkline.ts';
import { connection } from '../connection/connection.ts';
import { onTick, serverNow } from '../live/clock.ts';
import { type Feed, openFeed } from '../live/feed.ts';
import { formatText } from '../live/format.ts';
import { frames } from '../live/frames.ts';
import { measureOf } from '../live/line-groups.ts';
import { shownPointer, valueText } from '../live/value-text.ts';
import { LiveSeries } from '../tiles/values/live-series.ts';
import { freshness } from '../tiles/values/silence.ts';

const HOUR_MS = 3_600_000;
/** As many as the little line has pixels. */
const POINTS = 60;
/** Nobody reads figures faster. */
const INTERVAL_MS = 250;

const WORDS = { fresh: '', late: 'late', stale: 'silent', none: 'no value yet', unknown: 'offline' };

/** Where a row shows what lives in it. */
export interface LiveRowSlots {
  row: HTMLElement;
  standing: HTMLElement;
  value: HTMLElement;
  unit: HTMLElement;
  age: HTMLElement;
  line: HTMLElement;
}

/**
 * Shows a channel's newest value, age and last hour in a row of the list, written past React.
 * @returns ends it
 */
export function showLive(channel: string, slots: LiveRowSlots): () => void {
  const hour = openFeed(channel, { historyMs: HOUR_MS, points: POINTS });
  // Words have no thinned history: their newest is asked for by itself.
  const newest = openFeed(channel);
  const { feed } = hour;
  const handle = frames.add({ element: slots.row, minIntervalMs: INTERVAL_MS, paint });
  const spark = new Sparkline(slots.line, handle.mark);
  let series: LiveSeries | undefined;

  function paint(): void {
    const now = serverNow();
    const { lostAt } = connection.state;
    const lost = lostAt === undefined ? undefined : lostAt + connection.serverTimeOffsetMs;
    const fresh = freshness([feed], { lostAt: lost }, now);
    slots.row.dataset.staleness = fresh.staleness;
    write(slots.standing, feed.state.phase === 'failed' ? 'not open to you' : WORDS[fresh.staleness]);
    write(slots.age, fresh.age);
    const said = latest(feed);
    write(slots.value, said?.text ?? '');
    write(slots.unit, said?.unit ?? '');
    series = follow(feed, series, handle.mark);
    if (series === undefined) return;
    const format = measureOf(series.series.pointer);
    spark.paint({
      range: { from: now - HOUR_MS, to: now },
      view: series.view(),
      limits: [],
      gaps: [],
      stale: fresh.staleness === 'stale',
      format: (value) => formatText(value, format),
    });
  }

  const forget = [
    feed.listen({ point: handle.mark, reset: handle.mark, change: handle.mark }),
    onTick(handle.freshen),
    connection.subscribe(handle.freshen),
  ];
  handle.mark();
  return () => {
    for (const one of forget) one();
    handle.remove();
    series?.close();
    spark.destroy();
    hour.close();
    newest.close();
  };
}

/** The line follows the field that the row shows; which one that is the data tells. */
function follow(feed: Feed, held: LiveSeries | undefined, changed: () => void): LiveSeries | undefined {
  const pointer = pointerOf(feed);
  if (pointer === undefined || held?.series.pointer === pointer) return held;
  held?.close();
  return new LiveSeries(feed, { channel: feed.channel, pointer }, HOUR_MS, changed);
}

function pointerOf(feed: Feed): string | undefined {
  if (feed.last !== undefined) return shownPointer(feed.last.data);
  const [first] = Object.keys(feed.buckets().at(-1)?.fields ?? {});
  return first;
}

function latest(feed: Feed): { text: string; unit: string } | undefined {
  if (feed.last !== undefined) return valueText(feed.last.data);
  return undefined;
}

function write(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
