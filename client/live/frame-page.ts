/** What the frame scheduler takes from the page, so that a test can be the page. */
export interface FramePage {
  /** ms; the same clock as the frames'. */
  now(): number;
  requestFrame(run: (now: number) => void): void;
  hidden(): boolean;
  onVisibility(listener: () => void): void;
  /** @returns stops watching */
  watchOnScreen(element: Element, listener: (onScreen: boolean) => void): () => void;
  report(problem: unknown): void;
}

/** What is about to be scrolled into view is painted already. */
const MARGIN = '100px';

export function browserPage(): FramePage {
  const listeners = new Map<Element, (onScreen: boolean) => void>();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  return {
    now: () => performance.now(),
    requestFrame: (run) => requestAnimationFrame(run),
    hidden: () => document.visibilityState === 'hidden',
    onVisibility: (listener) => document.addEventListener('visibilitychange', listener),
    watchOnScreen(element, listener) {
      listeners.set(element, listener);
      observer.observe(element);
      return () => {
        listeners.delete(element);
        observer.unobserve(element);
      };
    },
    report: (problem) => reportError(problem),
  };
}
