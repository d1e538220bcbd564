import type { Ink } from './ink.ts';

/**
 * A canvas that fills an element at the screen's real pixels.
 * @param resized called when the size changed, so that it is drawn again
 */
export class Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly #ink: Ink | null;
  readonly #observer: ResizeObserver;
  width = 0;
  height = 0;
  #ratio = 0;

  constructor(host: HTMLElement, resized: () => void) {
    this.#canvas = document.createElement('canvas');
    this.#canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    this.#canvas.ariaHidden = 'true';
    host.append(this.#canvas);
    this.#ink = this.#canvas.getContext('2d');
    this.#observer = new ResizeObserver(() => {
      this.width = host.clientWidth;
      this.height = host.clientHeight;
      this.#ratio = 0;
      resized();
    });
    this.#observer.observe(host);
  }

  /** An empty canvas whose unit is one CSS pixel; undefined while there is no room to draw in. */
  begin(): Ink | undefined {
    if (this.#ink === null || this.width < 4 || this.height < 4) return undefined;
    if (this.#ratio !== devicePixelRatio) {
      this.#ratio = devicePixelRatio;
      this.#canvas.width = Math.round(this.width * this.#ratio);
      this.#canvas.height = Math.round(this.height * this.#ratio);
    }
    this.#ink.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#ink.clearRect(0, 0, this.width, this.height);
    return this.#ink;
  }

  remove(): void {
    this.#observer.disconnect();
    this.#canvas.remove();
  }
}
