/** Digits for people: true minus sign, thin spaces between thousands, never a locale's surprise. */

export type NumberStyle = 'plain' | 'si' | 'bytes' | 'percent' | 'duration';

export interface NumberFormat {
  style?: NumberStyle | undefined;
  /** Digits after the point; by default as many as say something. */
  decimals?: number | undefined;
  /** Written after the number where the style has no unit of its own. */
  unit?: string | undefined;
}

/** `text` stands large, `unit` beside it, smaller: `{text: '1.4', unit: 'GiB'}`. */
export interface FormattedNumber {
  text: string;
  unit: string;
}

const MINUS = '\u2212';
/** Narrow and unbreakable, so that a number never wraps. */
const THIN = '\u202F';
const NOTHING = '\u2013';

const SI = ['', 'k', 'M', 'G', 'T', 'P'];
const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function formatNumber(value: number, format: NumberFormat = {}): FormattedNumber {
  const unit = format.unit ?? '';
  if (!Number.isFinite(value)) return { text: NOTHING, unit };
  switch (format.style ?? 'plain') {
    case 'plain':
      return { text: digits(value, format.decimals), unit };
    case 'percent':
      return { text: digits(value, format.decimals ?? (Math.abs(value) < 10 ? 1 : 0)), unit: '%' };
    case 'si': {
      const [scaled, step] = scale(value, 1_000, SI.length);
      return { text: digits(scaled, format.decimals ?? threeFigures(scaled)), unit: `${SI[step]}${unit}` };
    }
    case 'bytes': {
      const [scaled, step] = scale(value, 1_024, IEC.length);
      const decimals = format.decimals ?? (step === 0 ? 0 : threeFigures(scaled));
      // A unit given beside bytes is what they are counted by: `/s`.
      return { text: digits(scaled, decimals), unit: `${IEC[step]}${unit}` };
    }
    case 'duration':
      return formatDuration(value, format.decimals);
  }
}

/** Both parts in one line, for tables, tooltips and accessible names. */
export function formatText(value: number, format: NumberFormat = {}): string {
  const { text, unit } = formatNumber(value, format);
  return unit === '' ? text : `${text}\u00A0${unit}`;
}

/** A count: whole, grouped. */
export function formatCount(value: number): string {
  return digits(Math.round(value), 0);
}

/** Age or remaining time in words: `0 s`, `59 s`, `3 min 12 s`, `26 min`, `5 h 2 min`, `3 d`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return parts(minutes, 'min', seconds % 60, 's');
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return parts(hours, 'h', minutes % 60, 'min');
  return parts(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A stopwatch: `0:42`, `12:07`, `1:02:03`. */
export function formatStopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (count: number): string => String(count).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Clock time of the person's own zone, 24 hours: `14:02:11`. */
export function formatClock(time: number): string {
  const at = new Date(time);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

function parts(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

function formatDuration(ms: number, decimals: number | undefined): FormattedNumber {
  const size = Math.abs(ms);
  if (size < 1_000) return { text: digits(ms, decimals ?? (size < 10 ? 1 : 0)), unit: 'ms' };
  if (size < 60_000) return { text: digits(ms / 1_000, decimals ?? 1), unit: 's' };
  const sign = ms < 0 ? MINUS : '';
  return { text: `${sign}${formatAge(size)}`, unit: '' };
}

function scale(value: number, base: number, steps: number): [scaled: number, step: number] {
  let scaled = value;
  let step = 0;
  // 999.95 would be written as 1000.0: it belongs to the next step already.
  while (Math.abs(scaled) >= base - 0.05 && step < steps - 1) {
    scaled /= base;
    step++;
  }
  return [scaled, step];
}

function threeFigures(value: number): number {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 99.95) return 0;
  return size >= 9.995 ? 1 : 2;
}

/** Fixed digits where asked for; otherwise what the size of the number deserves, without trailing zeros. */
function digits(value: number, decimals: number | undefined): string {
  const fixed = Math.abs(value).toFixed(decimals ?? usefulDecimals(value));
  const trimmed = decimals === undefined && fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  const [whole = '0', fraction] = trimmed.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, THIN);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

/** Digits after the point that a number of this size deserves at most. */
export function usefulDecimals(value: number): number {
  const size = Math.abs(value);
  if (size >= 1_000) return 0;
  if (size >= 100) return 1;
  if (size >= 1) return 2;
  return size === 0 ? 0 : 4;
}
