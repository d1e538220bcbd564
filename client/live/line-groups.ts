import { numericFields } from '../../shared/json.ts';
import type { NumberStyle } from './format.ts';

/** Lines that belong into one chart: they stand together in the data and have the same unit. */
export interface LineGroup {
  /** `memory, bytes`: tells it from the others; empty for a bare value. */
  name: string;
  /** What it is about, without its unit: `memory`. */
  title: string;
  style: NumberStyle;
  unit: string;
  lines: readonly { pointer: string; label: string }[];
}

/** More lines in one chart are hard to tell apart. */
const LINES_MAX = 8;

interface Measure {
  style: NumberStyle;
  unit: string;
  /** Names the unit where two groups would be called the same. */
  word: string;
}

const PLAIN: Measure = { style: 'plain', unit: '', word: 'numbers' };

/** Field names say what is measured: `usedBytes`, `percent`, `receivedBytesPerSecond`. */
const MEASURES: readonly [RegExp, Measure][] = [
  [/bytes?persec(?:ond)?$/i, { style: 'bytes', unit: '/s', word: 'bytes a second' }],
  [/bytes?$/i, { style: 'bytes', unit: '', word: 'bytes' }],
  [/percent(?:age)?$|pct$/i, { style: 'percent', unit: '', word: '%' }],
  [/(?:^ms|_ms|[a-z]Ms|[Mm]illis(?:econds)?)$/, { style: 'duration', unit: '', word: 'time' }],
  [/seconds?$/i, { style: 'plain', unit: 's', word: 'seconds' }],
];

/** What is measured, as far as the name of the field, or of what holds it, says so. */
export function measureOf(pointer: string): Pick<Measure, 'style' | 'unit'> {
  return findMeasure(pointer);
}

/** The charts that one datum can fill, in the order in which its fields stand. */
export function lineGroups(data: unknown): LineGroup[] {
  if (typeof data === 'number' || typeof data === 'boolean') {
    return [{ name: '', title: 'value', style: 'plain', unit: '', lines: [{ pointer: '', label: 'value' }] }];
  }
  const groups = new Map<string, { parent: string; measure: Measure; pointers: string[] }>();
  for (const pointer of numericFields(data).keys()) {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    const measure = findMeasure(pointer);
    const key = `${parent} ${measure.word}`;
    const group = groups.get(key) ?? { parent, measure, pointers: [] };
    group.pointers.push(pointer);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => chartsOf(group));
}

function chartsOf({ parent, measure, pointers }: { parent: string; measure: Measure; pointers: string[] }) {
  const charts: LineGroup[] = [];
  for (let from = 0; from < pointers.length; from += LINES_MAX) {
    const part = pointers.slice(from, from + LINES_MAX);
    const name = [words(parent), measure.word].filter(Boolean).join(', ');
    charts.push({
      name: pointers.length > LINES_MAX ? `${name} ${from + 1} to ${from + part.length}` : name,
      title: words(parent) || 'values',
      style: measure.style,
      unit: measure.unit,
      lines: part.map((pointer) => ({ pointer, label: words(pointer.slice(parent.length)) })),
    });
  }
  return charts;
}

/** A field without a unit in its name (`p95`, `0`) has that of the object or list it stands in. */
function findMeasure(pointer: string): Measure {
  const parts = pointer.split('/');
  for (const part of [parts.at(-1), parts.at(-2)]) {
    const found = MEASURES.find(([name]) => part !== undefined && name.test(part));
    if (found !== undefined) return found[1];
  }
  return PLAIN;
}

function words(pointer: string): string {
  return pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' ');
}
