import { type Box, font, hatch, type Ink, SMALL, write } from './ink.ts';
import type { Palette } from './palette.ts';
import { textWidth } from './text-width.ts';

/** A stretch without data, or one that was filled afterwards. */
export interface ChartGap {
  /** ms. `to` may be Infinity: it lasts. */
  from: number;
  to: number;
  /** `void`: nothing is there. `mend`: it was missing once and came later. `thin`: only some of it came. */
  kind: 'void' | 'mend' | 'thin';
  /** `offline 80 s`, `recovered 2 310 points`. */
  label: string;
}

/** Narrower than this a hatch is a smudge; it is widened so that a short gap is still seen. */
const NARROWEST_PX = 3;

/** Hatches what is missing, with an outline that opens at the baseline. Labels come last: see `labelGaps`. */
export function drawVoids(
  ink: Ink,
  gaps: readonly ChartGap[],
  x: (time: number) => number,
  plot: Box,
  colors: Palette,
): void {
  for (const gap of gaps) {
    if (gap.kind !== 'void') continue;
    const box = place(gap, x, plot);
    if (box === undefined) continue;
    hatch(ink, box, colors.line);
    ink.save();
    ink.globalAlpha = 0.55;
    ink.strokeStyle = colors.line;
    ink.lineWidth = 1;
    ink.beginPath();
    ink.moveTo(box.left + 0.5, plot.bottom);
    ink.lineTo(box.left + 0.5, plot.top - 3.5);
    ink.lineTo(box.right - 0.5, plot.top - 3.5);
    if (gap.to !== Number.POSITIVE_INFINITY) ink.lineTo(box.right - 0.5, plot.bottom);
    ink.stroke();
    ink.restore();
  }
}

/** What was mended is a thick tick on the baseline; where only some came the tick is broken. */
export function drawMends(
  ink: Ink,
  gaps: readonly ChartGap[],
  x: (time: number) => number,
  plot: Box,
  colors: Palette,
): void {
  ink.fillStyle = colors.muted;
  for (const gap of gaps) {
    const box = gap.kind === 'void' ? undefined : place(gap, x, plot);
    if (box === undefined) continue;
    const step = gap.kind === 'thin' ? 6 : box.right - box.left;
    const length = gap.kind === 'thin' ? 3 : step;
    for (let left = box.left; left < box.right; left += step)
      ink.fillRect(left, plot.bottom - 2, Math.min(length, box.right - left), 4);
  }
}

/**
 * Writes what the gaps are into the lane above the plot: first the one under the cursor, then the newest; a label that
 * would run into another is left out, because the chart's table names them all.
 * @param cursor time (ms) that is pointed at
 */
export function labelGaps(
  ink: Ink,
  gaps: readonly ChartGap[],
  x: (time: number) => number,
  plot: Box,
  colors: Palette,
  cursor?: number,
): void {
  const type = font(colors, SMALL);
  const written: { left: number; right: number }[] = [];
  const pointedAt = (gap: ChartGap): boolean =>
    cursor !== undefined && cursor >= gap.from && cursor <= gap.to;
  for (const gap of [...gaps].sort(
    (a, b) => Number(pointedAt(b)) - Number(pointedAt(a)) || b.from - a.from,
  )) {
    const box = place(gap, x, plot);
    if (box === undefined || gap.label === '') continue;
    const half = textWidth(gap.label, type) / 2;
    const center = (box.left + box.right) / 2;
    const room = Math.min(
      plot.right + SMALL,
      ...written.filter(({ right }) => right > center).map(({ left }) => left),
    );
    const middle = Math.min(room - half, Math.max(plot.left + half, center));
    const span = { left: middle - half - SMALL, right: middle + half + SMALL };
    if (middle - half < plot.left - 1 || Math.abs(middle - center) > half + 24) continue;
    if (written.some(({ left, right }) => span.left + SMALL < right && span.right - SMALL > left)) continue;
    write(ink, {
      text: gap.label,
      x: middle,
      y: plot.top - SMALL,
      color: colors.muted,
      font: type,
      align: 'center',
    });
    written.push(span);
  }
}

function place(gap: ChartGap, x: (time: number) => number, plot: Box): Box | undefined {
  let left = Math.max(plot.left, Math.round(x(gap.from)));
  const right = Math.min(
    plot.right,
    gap.to === Number.POSITIVE_INFINITY ? plot.right : Math.round(x(gap.to)),
  );
  if (right <= plot.left || left >= plot.right) return undefined;
  if (right - left < NARROWEST_PX) left = right - NARROWEST_PX;
  return { left, right, top: plot.top, bottom: plot.bottom };
}
