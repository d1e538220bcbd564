import type { Threshold } from '../../shared/domain/board.ts';
import type { Freshness } from './values/silence.ts';

/** Writes an attribute or a text only when it changed: most paints change neither. */
export class TextSlot {
  readonly #node: Element;
  #shown = '';

  constructor(node: Element) {
    this.#node = node;
    this.#shown = node.textContent ?? '';
  }

  set(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#node.textContent = text;
  }
}

/** What every tile says at its edge: the age of its data, silence, and a limit that is passed. */
export class TileChrome {
  readonly #root: HTMLElement;
  readonly #age: TextSlot;
  readonly #note: TextSlot | undefined;
  readonly #loss: { box: HTMLElement; text: TextSlot } | undefined;

  /** @param root the tile, with an element `[data-age]` and perhaps `[data-note]` and `[data-loss]` in its header */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#age = new TextSlot(root.querySelector('[data-age]')!);
    const note = root.querySelector('[data-note]');
    this.#note = note === null ? undefined : new TextSlot(note);
    const loss = root.querySelector<HTMLElement>('[data-loss]');
    this.#loss = loss === null ? undefined : { box: loss, text: new TextSlot(loss.querySelector('span')!) };
  }

  /** Says that values are missing, where the tile has no axis to draw it on. */
  markLoss(mark: { text: string; title: string } | undefined): void {
    if (this.#loss === undefined) return;
    const { box, text } = this.#loss;
    box.hidden = mark === undefined;
    if (mark === undefined) return;
    text.set(mark.text);
    if (box.title !== mark.title) box.title = mark.title;
  }

  update(fresh: Freshness, breach?: Threshold | undefined): void {
    this.#age.set(fresh.age);
    this.#note?.set(fresh.silent);
    this.#mark('data-staleness', fresh.staleness);
    this.#mark('data-breach', breach?.severity ?? '');
  }

  #mark(name: string, value: string): void {
    if (this.#root.getAttribute(name) !== value) this.#root.setAttribute(name, value);
  }
}
