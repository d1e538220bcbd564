import type { ReactNode } from 'react';
import { formatClock } from '../live/format.ts';

/**
 * A moment as people say it: `today 13:40`, `yesterday 09:12`, `18 Nov`, and `18 Nov 2025` of another year.
 * @param time ms since 1970
 * @param now the same, of the moment it is read
 */
export function dayTime(time: number, now: number): string {
  const at = new Date(time);
  const today = new Date(now);
  const clock = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  if (at.toDateString() === today.toDateString()) return `today ${clock}`;
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (at.toDateString() === yesterday.toDateString()) return `yesterday ${clock}`;
  const month = at.toLocaleString('en', { month: 'short' });
  const year = at.getFullYear() === today.getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${month}${year}`;
}

/** The exact moment in the person's own zone, 24 hours: `18 Nov 2025, 14:02:11`. @param time ms since 1970 */
export function exactTime(time: number): string {
  const at = new Date(time);
  const month = at.toLocaleString('en', { month: 'short' });
  return `${at.getDate()} ${month} ${at.getFullYear()}, ${formatClock(time)}`;
}

/** When something was; the exact moment shows on hover. */
export function DayTime({ time }: { time: number }): ReactNode {
  const at = new Date(time);
  return (
    <time dateTime={at.toISOString()} title={exactTime(time)} className="num">
      {dayTime(time, Date.now())}
    </time>
  );
}
