import { useEffect, useRef } from 'react';
import { useSettings } from '../settings/settings-store.ts';

/** Between the two keys of `g b`: longer apart they are two keys. */
const SEQUENCE_MS = 1_200;

export interface Shortcut {
  /** Keys one after the other, as `KeyboardEvent.key` names them: `?`, `n`, `Space`, `g b`. */
  keys: string;
  /** What it does, for the sheet: `New board`. */
  label: string;
  /** Heading in the sheet: `Go to`, `Boards`. */
  group: string;
  run: () => void;
}

const shortcuts = new Set<Shortcut>();

/** @returns a function that takes it away again */
export function addShortcut(shortcut: Shortcut): () => void {
  shortcuts.add(shortcut);
  return () => shortcuts.delete(shortcut);
}

/** All that work on this page now, in the order in which they were added. */
export function listShortcuts(): Shortcut[] {
  return [...shortcuts];
}

/** A shortcut for as long as a component is mounted. `enabled` false takes it away, for example offline. */
export function useShortcut(
  keys: string,
  label: string,
  group: string,
  run: () => void,
  enabled = true,
): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    return addShortcut({ keys, label, group, run: () => latest.current() });
  }, [keys, label, group, enabled]);
}

/** The name by which a shortcut writes the key of an event. */
function keyName(key: string): string {
  return key === ' ' ? 'Space' : key;
}

/** Collects keys into a sequence and says which shortcut they make. */
export class SequenceReader {
  #pressed: string[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;

  /**
   * Takes one key.
   * @param at when it was pressed (ms)
   * @returns the shortcut that is complete now; the newest of two with the same keys
   */
  press(key: string, at: number, known: readonly Shortcut[]): Shortcut | undefined {
    if (at - this.#lastAt > SEQUENCE_MS) this.#pressed = [];
    this.#lastAt = at;
    const found = this.#match([...this.#pressed, key], known) ?? this.#match([key], known);
    return found === 'more' ? undefined : found;
  }

  #match(pressed: string[], known: readonly Shortcut[]): Shortcut | 'more' | undefined {
    const typed = pressed.join(' ');
    const complete = known.findLast((one) => one.keys === typed);
    const longer = complete === undefined && known.some((one) => one.keys.startsWith(`${typed} `));
    this.#pressed = longer ? pressed : [];
    return complete ?? (longer ? 'more' : undefined);
  }
}

/** Where keys are text, or already mean something: fields, open menus, anything in a dialog. */
const TYPING =
  'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]';

/** Whether a key pressed here belongs to what has the focus, and not to the page. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(TYPING) !== null || document.querySelector('dialog:modal') !== null) return true;
  // Space presses the button that has the focus.
  return event.key === ' ' && target.closest('button, summary, a, label, [role="slider"]') !== null;
}

/**
 * Hears the page's keys while the person has not switched that off.
 * `/` leads to the field marked with `data-shortcut="/"`, wherever one is.
 */
export function listenForShortcuts(): () => void {
  const reader = new SequenceReader();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!useSettings.getState().shortcuts || isTaken(event)) return;
    if (event.key === '/') {
      const field = document.querySelector<HTMLElement>('[data-shortcut="/"]');
      if (field === null) return;
      event.preventDefault();
      field.focus();
      return;
    }
    const found = reader.press(keyName(event.key), event.timeStamp, listShortcuts());
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
