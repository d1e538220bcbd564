import { type Box, dot, END, font, type Ink, write } from './ink.ts';
import type { Palette } from './palette.ts';
import { spread } from './spread.ts';
import { textWidth } from './text-width.ts';

/** What stands at the right end of a line. */
export interface LineEnd {
  name: string;
  value: string;
  color: string;
  /** Where the line ends, in px. */
  x: number;
  y: number;
}

const GAP = END * 0.4;
const LINE_HEIGHT = END * 1.38;

/** Room that end labels need right of the plot, in px. */
export function endsWidth(ends: readonly Pick<LineEnd, 'name' | 'value'>[], colors: Palette): number {
  if (ends.length === 0) return END;
  const { values, names } = columns(ends, colors);
  return Math.ceil(values + (names > 0 ? names + GAP : 0) + END * 1.3);
}

function columns(
  ends: readonly Pick<LineEnd, 'name' | 'value'>[],
  colors: Palette,
): { values: number; names: number } {
  const bold = font(colors, END, 600);
  const plain = font(colors, END);
  return {
    values: Math.max(...ends.map((end) => textWidth(end.value, bold))),
    names: Math.max(...ends.map((end) => textWidth(end.name, plain))),
  };
}

/**
 * Names each line where it ends, with its value. Labels that would overlap are pushed apart, and then a thin leader
 * says which line is meant. Labels that do not fit at all are left out; the table has them.
 */
export function drawEnds(
  ink: Ink,
  ends: readonly LineEnd[],
  plot: Box,
  width: number,
  colors: Palette,
): void {
  if (ends.length === 0) return;
  const { values, names } = columns(ends, colors);
  const nameX = width - names;
  const valueX = names > 0 ? nameX - GAP : width;
  const most = Math.max(1, Math.floor((plot.bottom - plot.top) / LINE_HEIGHT) + 1);
  const shown = ends.slice(0, most);
  const places = spread(
    shown.map((end) => end.y),
    LINE_HEIGHT,
    plot.top + END / 2,
    plot.bottom - END / 2,
  );
  for (const end of ends) dot(ink, end.x, end.y, 3.25, end.color, colors.tile);
  shown.forEach((end, index) => {
    const y = places[index]!;
    if (Math.abs(y - end.y) > 2) leader(ink, end, valueX - values - GAP, y);
    write(ink, {
      text: end.value,
      x: valueX,
      y,
      color: colors.text,
      font: font(colors, END, 600),
      align: 'right',
    });
    write(ink, { text: end.name, x: nameX, y, color: end.color, font: font(colors, END) });
  });
}

function leader(ink: Ink, end: LineEnd, x: number, y: number): void {
  if (x - end.x < 8) return;
  ink.save();
  ink.globalAlpha = 0.7;
  ink.strokeStyle = end.color;
  ink.lineWidth = 1;
  ink.beginPath();
  ink.moveTo(end.x + 5, end.y);
  ink.lineTo(x, y);
  ink.stroke();
  ink.restore();
}
