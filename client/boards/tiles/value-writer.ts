import type { Threshold } from '../../../shared/domain/board.ts';
import type { FormattedNumber } from '../../live/format.ts';
import { wordOf } from '../values/thresholds.ts';
import { TextSlot } from './tile-chrome.ts';

/** Writes into what `ValueHead` drew. */
export class ValueWriter {
  readonly #box: HTMLElement;
  readonly #tag: HTMLElement;
  readonly #value: TextSlot;
  readonly #unit: TextSlot;
  readonly #word: TextSlot;
  readonly #said: TextSlot;
  #length = 0;

  constructor(root: HTMLElement) {
    const find = (name: string): HTMLElement => root.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.#box = find('value').parentElement!;
    this.#tag = find('tag');
    this.#value = new TextSlot(find('value'));
    this.#unit = new TextSlot(find('unit'));
    this.#word = new TextSlot(find('word'));
    this.#said = new TextSlot(find('said'));
  }

  write({ text, unit }: FormattedNumber, said: string, breach: Threshold | undefined): void {
    this.#value.set(text);
    this.#unit.set(unit);
    this.#said.set(said);
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
