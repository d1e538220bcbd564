import type { Threshold } from '../../shared/domain/board.ts';
import type { FormattedNumber } from '../live/format.ts';
import { TextSlot } from './tile-chrome.ts';
import type { Freshness } from './values/silence.ts';
import { wordOf } from './values/thresholds.ts';

/** The line below a figure, and what is left of it where the tile is narrow. */
export interface Said {
  long: string;
  short: string;
}

/** What is said below a value: silence first, then a passed limit, then what it did. */
export function saidOf(
  fresh: Freshness,
  breach: { limit: string; since: string } | undefined,
  otherwise: () => string,
): Said {
  if (fresh.silent !== '') return { long: fresh.silent, short: fresh.silentShort };
  if (breach !== undefined) return { long: `${breach.limit} ${breach.since}`, short: breach.since };
  const text = otherwise();
  return { long: text, short: text };
}

/** Writes into what `ValueHead` drew. */
export class ValueWriter {
  readonly #box: HTMLElement;
  readonly #tag: HTMLElement;
  readonly #value: TextSlot;
  readonly #unit: TextSlot;
  readonly #word: TextSlot;
  readonly #long: TextSlot;
  readonly #short: TextSlot;
  #length = 0;

  constructor(root: HTMLElement) {
    const find = (name: string): HTMLElement => root.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.#box = find('value').parentElement!;
    this.#tag = find('tag');
    this.#value = new TextSlot(find('value'));
    this.#unit = new TextSlot(find('unit'));
    this.#word = new TextSlot(find('word'));
    this.#long = new TextSlot(find('long'));
    this.#short = new TextSlot(find('short'));
  }

  write({ text, unit }: FormattedNumber, said: Said, breach: Threshold | undefined): void {
    this.#value.set(text);
    this.#unit.set(unit);
    this.#long.set(said.long);
    this.#short.set(said.short);
    this.#fit(text.length + unit.length * 0.5);
    this.#tag.hidden = breach === undefined;
    if (breach === undefined) return;
    this.#word.set(wordOf(breach));
    this.#tag.dataset.severity = breach.severity;
  }

  /** Tells the style sheet how long the figure is, so that a long one is set smaller and never cut. */
  #fit(length: number): void {
    const rounded = Math.max(4, Math.ceil(length));
    if (rounded === this.#length) return;
    this.#length = rounded;
    this.#box.style.setProperty('--length', String(rounded));
  }
}
