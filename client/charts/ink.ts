import type { Palette } from './palette.ts';
import { textWidth } from './text-width.ts';

/** Drawing helpers for a canvas context whose unit is one CSS pixel. */
export type Ink = CanvasRenderingContext2D;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Distance between two strokes of a hatch, along the edge of its box. */
const HATCH_PX = 10;

/** Fills a box with thin diagonals: here is nothing, and we know it. */
export function hatch(ink: Ink, box: Box, color: string): void {
  if (box.right - box.left < 1) return;
  const height = box.bottom - box.top;
  ink.save();
  ink.beginPath();
  ink.rect(box.left, box.top, box.right - box.left, height);
  ink.clip();
  ink.beginPath();
  for (let x = box.left - height; x < box.right; x += HATCH_PX) {
    ink.moveTo(x, box.bottom);
    ink.lineTo(x + height, box.top);
  }
  ink.globalAlpha = 0.5;
  ink.strokeStyle = color;
  ink.lineWidth = 1;
  ink.stroke();
  ink.restore();
}

/** A line of dots: a limit, which is drawn by somebody and not by data. */
export function dotted(ink: Ink, from: number, to: number, y: number, color: string): void {
  ink.save();
  ink.beginPath();
  ink.setLineDash([1, 3]);
  ink.lineCap = 'square';
  ink.strokeStyle = color;
  ink.lineWidth = 1;
  const at = Math.round(y) + 0.5;
  ink.moveTo(from, at);
  ink.lineTo(to, at);
  ink.stroke();
  ink.restore();
}

export interface Label {
  text: string;
  x: number;
  y: number;
  color: string;
  font: string;
  align?: CanvasTextAlign;
}

export function write(ink: Ink, { text, x, y, color, font, align = 'left' }: Label): void {
  ink.font = font;
  ink.fillStyle = color;
  ink.textAlign = align;
  ink.textBaseline = 'middle';
  ink.fillText(text, x, y);
}

export function dot(ink: Ink, x: number, y: number, radius: number, fill: string, rim: string): void {
  ink.beginPath();
  ink.arc(x, y, radius, 0, Math.PI * 2);
  ink.fillStyle = fill;
  ink.fill();
  ink.lineWidth = 1.5;
  ink.strokeStyle = rim;
  ink.stroke();
}

export const SMALL = 12;
export const END = 13;

/** Fonts as canvas strings. Numbers of this family are tabular by default at these sizes. */
export function font(colors: Palette, size: number, weight = 400): string {
  return `${weight} ${size}px ${colors.sans}`;
}

/** The text, or nothing where it would not fit. */
export function fits(text: string, fontText: string, room: number): boolean {
  return textWidth(text, fontText) <= room;
}
