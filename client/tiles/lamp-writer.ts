import { TextSlot } from './tile-chrome.ts';
import type { Light } from './values/light-state.ts';

/** Writes the state of one light, when it changed. */
export class LampWriter {
  readonly #element: HTMLElement;
  readonly #named: Element;
  readonly #word: TextSlot | undefined;
  #said = '';

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#named = element.querySelector('[data-name]')!;
    const word = element.querySelector('[data-word]');
    this.#word = word === null ? undefined : new TextSlot(word);
  }

  show(light: Light, label: string, value: string): void {
    this.#word?.set(light.word || value);
    const said = `${label}: ${light.word || 'fine'}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#element.dataset.state = light.state;
    this.#element.title = said;
    this.#named.setAttribute('aria-label', said);
  }
}
