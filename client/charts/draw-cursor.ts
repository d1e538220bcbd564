import { type Box, font, type Ink, SMALL, write } from './ink.ts';
import type { Palette } from './palette.ts';
import { textWidth } from './text-width.ts';
import { timeLabel } from './time-axis.ts';

/** The time under the cursor, as a chip on the time axis. */
export function drawCursorTime(ink: Ink, time: number, x: number, plot: Box, colors: Palette): void {
  if (x < plot.left || x > plot.right) return;
  const type = font(colors, SMALL, 600);
  const text = timeLabel(time, 1_000);
  const width = textWidth(text, type) + 10;
  ink.fillStyle = colors.invert;
  ink.beginPath();
  ink.roundRect(x - width / 2, plot.bottom + 4, width, SMALL + 5, 2);
  ink.fill();
  write(ink, {
    text,
    x,
    y: plot.bottom + 4 + (SMALL + 5) / 2,
    color: colors.onInvert,
    font: type,
    align: 'center',
  });
}
