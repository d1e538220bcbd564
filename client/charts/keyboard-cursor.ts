import type { LineChart } from './line-chart.ts';
import { nearest } from './series-view.ts';
import { timeLabel } from './time-axis.ts';

/** A key that is held down must not make the voice stumble over every step. */
const SPEAK_AFTER_MS = 400;
/** Steps across the window. */
const STEPS = 60;
const BIG_STEP = 10;

export interface KeyboardCursorOptions {
  names: readonly string[];
  hold(): void;
  release(): void;
  /** Back to the running window. */
  reset(): void;
  toggleTable(): void;
  speak(text: string): void;
}

/** Moves a chart's cursor by arrow keys and says what lies under it. The chart's element must take the focus. */
export class KeyboardCursor {
  readonly #element: HTMLElement;
  readonly #chart: LineChart;
  readonly #options: KeyboardCursorOptions;
  readonly #leave = new AbortController();
  #time: number | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, chart: LineChart, options: KeyboardCursorOptions) {
    this.#element = element;
    this.#chart = chart;
    this.#options = options;
    const { signal } = this.#leave;
    element.addEventListener('keydown', (event) => this.#key(event), { signal });
    element.addEventListener('blur', () => this.#put(undefined), { signal });
  }

  remove(): void {
    clearTimeout(this.#speaking);
    this.#leave.abort();
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.#element || event.ctrlKey || event.metaKey || event.altKey) return;
    const { frame } = this.#chart;
    if (frame === undefined) return;
    const { from, to } = frame.range;
    const step = ((to - from) / STEPS) * (event.shiftKey ? BIG_STEP : 1);
    const at = this.#time ?? to;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => this.#put(Math.max(from, at - step)),
      ArrowRight: () => this.#put(Math.min(to, at + step)),
      Home: () => this.#put(from),
      End: () => this.#put(to),
      Escape: () => this.#put(undefined),
      '0': () => this.#options.reset(),
      t: () => this.#options.toggleTable(),
    };
    const move = moves[event.key];
    if (move === undefined || (event.key === 'Escape' && this.#time === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  #put(time: number | undefined): void {
    if (time === undefined && this.#time === undefined) return;
    this.#time = time;
    if (time === undefined) this.#options.release();
    else this.#options.hold();
    this.#chart.moveCursor(time);
    clearTimeout(this.#speaking);
    if (time !== undefined) this.#speaking = setTimeout(() => this.#say(time), SPEAK_AFTER_MS);
  }

  #say(time: number): void {
    const { frame } = this.#chart;
    if (frame === undefined) return;
    const values = frame.views.map((view, index) => {
      const at = nearest(view.times, time);
      const value = at === undefined ? 'no value' : this.#chart.say(view.values[at]!);
      return `${this.#options.names[index] ?? ''} ${value}`.trim();
    });
    this.#options.speak(`${timeLabel(time, 1_000)}: ${values.join(', ')}`);
  }
}
