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

/** Least space between two labels of the scale, in px. */
const LABEL_SPACE = 8;
/** Width of a digit of the scale; labels are short, so an estimate will do. */
const DIGIT_PX = 7;

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
    const width = this.#element.clientWidth || 200;
    const scale = document.createElement('div');
    scale.className = styles.scale!;
    scale.ariaHidden = 'true';
    const taken: [left: number, right: number][] = [];
    const put = (text: string, left: number): void => {
      const right = left + text.length * DIGIT_PX;
      if (taken.some((other) => left < other[1] + LABEL_SPACE && right > other[0] - LABEL_SPACE)) return;
      taken.push([left, right]);
      const label = document.createElement('span');
      label.textContent = text;
      label.style.left = `${(left / width) * 100}%`;
      scale.append(label);
    };
    put(format(min), 0);
    const top = format(max);
    put(top, width - top.length * DIGIT_PX);
    for (const limit of [...limits].sort((a, b) => a.value - b.value)) {
      const at = this.#part(limit.value) * width;
      const text = limits.length === 1 ? `limit ${format(limit.value)}` : format(limit.value);
      // A long label ends at its mark, because beyond it is the end of the scale.
      put(
        text,
        limits.length === 1 ? at + DIGIT_PX - text.length * DIGIT_PX : at - (text.length * DIGIT_PX) / 2,
      );
    }
    return scale;
  }
}
