/** Widths are asked for on every paint; the same few strings come again and again. */
const CACHE_MAX = 2_000;

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** Width of a text in CSS pixels as a canvas would draw it. */
export function textWidth(text: string, font: string): number {
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
    // Measured before the web font arrived, every width is that of the fallback.
    document.fonts?.addEventListener('loadingdone', () => widths.clear());
  }
  if (context === null) return text.length * 7;
  const key = `${font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size >= CACHE_MAX) widths.clear();
  context.font = font;
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}
