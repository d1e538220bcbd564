import type { Threshold } from '../../../shared/domain/board.ts';
import { numberOf } from './pointer.ts';
import { breachOf, wordOf } from './thresholds.ts';

export type LightState = 'fine' | 'warning' | 'critical' | 'silent';

export interface Light {
  state: LightState;
  /** What it says of itself: `down`, `HIGH`. Empty where it is fine. */
  word: string;
}

const WORDS: Record<Exclude<LightState, 'silent'>, ReadonlySet<string>> = {
  fine: new Set(
    'ok okay up on true fine good green healthy running online ready open passing success active normal idle'.split(
      ' ',
    ),
  ),
  warning: new Set(
    'warn warning slow degraded yellow amber pending starting draining unstable late'.split(' '),
  ),
  critical: new Set(
    'down off error err fail failed failing failure critical crit red dead offline unhealthy stopped closed fatal false blocked'.split(
      ' ',
    ),
  ),
};

/**
 * What a light shows for a value: limits decide numbers where there are any, the usual words decide text.
 * A word nobody knows is shown and not judged; nothing at all is `silent`.
 */
export function lightOf(value: unknown, thresholds: readonly Threshold[] = []): Light {
  if (value === undefined || value === null) return { state: 'silent', word: 'silent' };
  if (typeof value === 'string') return ofWord(value);
  const number = numberOf(value);
  if (number === undefined) return { state: 'silent', word: 'unreadable' };
  const breach = breachOf(number, thresholds);
  if (breach !== undefined) return { state: breach.severity, word: wordOf(breach) };
  return value === false && thresholds.length === 0
    ? { state: 'critical', word: 'off' }
    : { state: 'fine', word: '' };
}

function ofWord(text: string): Light {
  const word = text.trim().toLowerCase();
  for (const state of ['critical', 'warning'] as const) {
    if (WORDS[state].has(word)) return { state, word: text.trim() };
  }
  return { state: 'fine', word: WORDS.fine.has(word) ? '' : text.trim() };
}

const SEVERITY: Record<LightState, number> = { critical: 3, warning: 2, silent: 1, fine: 0 };

export function worst(states: Iterable<LightState>): LightState {
  let found: LightState = 'fine';
  for (const state of states) if (SEVERITY[state] > SEVERITY[found]) found = state;
  return found;
}

/** So many lights have room for their names. */
const NAMED_MAX = 12;

export interface LightGroup {
  label: string;
  /** Indexes of its lights. */
  members: number[];
}

/**
 * Rows of lights: `Berth 1`, `Berth 2` … are the row `Berth`. Labels without a common word and a number
 * make no rows, and neither do few lights: each then shows its name.
 */
export function lightGroups(labels: readonly string[]): LightGroup[] {
  if (labels.length <= NAMED_MAX) return [];
  const groups = new Map<string, LightGroup>();
  for (const [index, label] of labels.entries()) {
    const name = /^(.*?)[\s._-]*\d+$/.exec(label)?.[1];
    if (name === undefined || name === '') return [];
    const group = groups.get(name) ?? { label: name, members: [] };
    group.members.push(index);
    groups.set(name, group);
  }
  const list = [...groups.values()];
  return list.some((group) => group.members.length > 2) ? list : [];
}

/** The exceptions by name, the worst first: `Crane 3 down`. */
export interface Exception {
  state: Exclude<LightState, 'fine'>;
  text: string;
}

/** At most one sentence per state; many of a kind are counted after the first few. */
export function exceptions(lights: readonly (Light & { label: string })[], most = 2): Exception[] {
  const found: Exception[] = [];
  for (const state of ['critical', 'warning', 'silent'] as const) {
    const some = lights.filter((light) => light.state === state);
    if (some.length === 0) continue;
    const words = new Set(some.map((light) => light.word));
    const word = words.size === 1 ? [...words][0]! : '';
    const names = some
      .slice(0, most)
      .map((light) => (word === '' ? `${light.label} ${light.word}`.trim() : light.label));
    const rest = some.length - names.length;
    const text = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
    found.push({ state, text: word === '' ? text : `${text} ${word}` });
  }
  return found;
}
