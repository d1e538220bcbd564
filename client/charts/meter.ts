import styles from './meter.module.css';

export interface MeterLimit {
  value: number;
  when: 'above' | 'below';
  severity: 'warning' | 'critical';
}

export interface MeterOptions {
  /** Spoken. */
  name: string;
  min: number;
  max: number;
  limits: readonly MeterLimit[];
  format(value: number): string;
}

/** Labels of the scale nearer than this part of its length would touch. */
const LABEL_SPACE = 0.16;

/** A bar between two ends with its limits marked: `role="meter"`, written to when the value changes. */
export class Meter {
  readonly #options: MeterOptions;
  readonly #bar: HTMLElement;
  readonly #element: HTMLElement;
  #shown = '';

  constructor(element: HTMLElement, options: MeterOptions) {
    this.#element = element;
    this.#options = options;
    element.className = styles.meter!;
    element.role = 'meter';
    element.ariaLabel = options.name;
    element.ariaValueMin = String(options.min);
    element.ariaValueMax = String(options.max);
    this.#bar = document.createElement('b');
    const track = document.createElement('div');
    track.className = styles.track!;
    track.append(this.#bar, ...options.limits.map((limit) => this.#mark(limit)));
    element.replaceChildren(track, this.#scale());
  }

  /** @param text the value in words, for a voice */
  show(value: number | undefined, text: string, severity: 'warning' | 'critical' | undefined): void {
    const key = `${value} ${severity}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const part = value === undefined ? 0 : this.#part(value);
    this.#bar.style.transform = `scaleX(${part})`;
    this.#element.ariaValueNow = value === undefined ? null : String(value);
    this.#element.ariaValueText = text;
    if (severity === undefined) delete this.#element.dataset.severity;
    else this.#element.dataset.severity = severity;
  }

  #part(value: number): number {
    const { min, max } = this.#options;
    return max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  }

  #mark(limit: MeterLimit): HTMLElement {
    const mark = document.createElement('s');
    mark.style.left = `${this.#part(limit.value) * 100}%`;
    return mark;
  }

  /** The two ends, and every limit that has room between them. */
  #scale(): HTMLElement {
    const { min, max, limits, format } = this.#options;
    const scale = document.createElement('div');
    scale.className = styles.scale!;
    scale.ariaHidden = 'true';
    const taken = [0, 1];
    const label = (text: string, part: number): HTMLElement => {
      const span = document.createElement('span');
      span.textContent = text;
      span.style.left = `${part * 100}%`;
      span.dataset.at = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
      return span;
    };
    scale.append(label(format(min), 0), label(format(max), 1));
    for (const limit of [...limits].sort((a, b) => a.value - b.value)) {
      const part = this.#part(limit.value);
      if (taken.some((other) => Math.abs(other - part) < LABEL_SPACE)) continue;
      taken.push(part);
      scale.append(label(format(limit.value), part));
    }
    return scale;
  }
}
