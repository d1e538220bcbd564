/** The colours that canvases draw with, read from the style sheet's tokens. */
export interface Palette {
  tile: string;
  hair: string;
  line: string;
  text: string;
  muted: string;
  faint: string;
  stale: string;
  invert: string;
  onInvert: string;
  warning: string;
  critical: string;
  series: readonly string[];
  /** Font family of the page. */
  sans: string;
}

/** Series have so many hues; from then on they repeat with dashes. */
const SERIES_HUES = 6;
/** Hues from here on come close to one another for some eyes, so a dash tells them apart as well. */
const FIRST_DASHED = 4;

let cached: Palette | undefined;
const listeners = new Set<() => void>();

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim() || '#888';
  return {
    tile: token('tile'),
    hair: token('hair'),
    line: token('line'),
    text: token('text'),
    muted: token('muted'),
    faint: token('faint'),
    stale: token('stale'),
    invert: token('invert'),
    onInvert: token('on-invert'),
    warning: token('warning'),
    critical: token('critical'),
    series: Array.from({ length: SERIES_HUES }, (_, index) => token(`s${index + 1}`)),
    sans: style.getPropertyValue('--sans').trim() || 'system-ui, sans-serif',
  };
}

function changed(): void {
  cached = undefined;
  for (const listener of listeners) listener();
}

let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const query of [
    '(prefers-color-scheme: dark)',
    '(prefers-contrast: more)',
    '(forced-colors: active)',
  ]) {
    matchMedia(query).addEventListener('change', changed);
  }
}

/** The tokens of the theme in force; reading them costs a style pass, so they are kept until the theme changes. */
export function palette(): Palette {
  watch();
  cached ??= read();
  return cached;
}

/** Calls back after the theme changed. */
export function onPaletteChange(listener: () => void): () => void {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface SeriesInk {
  color: string;
  dash: number[];
}

/** Hue and dash of the n-th series. */
export function seriesInk(colors: Palette, index: number): SeriesInk {
  const color = colors.series[index % SERIES_HUES]!;
  const round = Math.floor(index / SERIES_HUES);
  if (round > 0) return { color, dash: [2, 3] };
  return { color, dash: index >= FIRST_DASHED ? [6, 3] : [] };
}

/** The hue of the n-th series as a style sheet writes it. */
export function seriesInkToken(index: number): string {
  return `var(--s${(index % SERIES_HUES) + 1})`;
}
