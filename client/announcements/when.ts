const two = (n: number): string => String(n).padStart(2, '0');
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Clock time to the minute in the person's own zone: `14:02`. */
export function clockTime(time: number): string {
  const at = new Date(time);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** As short as it can be and still be clear: `14:02` today, `21 Nov 14:02` this year, `21 Nov 2024` before. */
export function shortTime(time: number, now: number): string {
  const at = new Date(time);
  const today = new Date(now);
  const day = `${at.getDate()} ${monthNames[at.getMonth()]}`;
  if (at.toDateString() === today.toDateString()) return clockTime(time);
  if (at.getFullYear() === today.getFullYear()) return `${day} ${clockTime(time)}`;
  return `${day} ${at.getFullYear()}`;
}

/** Time since a moment, as a column of a report has it: `+0.4 s` below ten seconds, then `+0:31`, `+1:02:03`. */
export function sinceStart(time: number, start: number): string {
  const ms = Math.max(0, time - start);
  if (ms < 10_000) return `+${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `+${hours}:${two(minutes)}:${two(seconds % 60)}` : `+${minutes}:${two(seconds % 60)}`;
}
