import type { Severity } from '../../shared/domain/announcement.ts';

/** One note: Hz, and when it begins and how long it lasts, in seconds. */
type Note = readonly [frequency: number, at: number, length: number];

/** Three short tones that are told apart by rhythm as well as by pitch; info has none. */
const tones: Record<Severity, readonly Note[]> = {
  info: [],
  success: [
    [523, 0, 0.12],
    [784, 0.13, 0.22],
  ],
  warning: [
    [440, 0, 0.16],
    [440, 0.24, 0.16],
  ],
  critical: [
    [660, 0, 0.14],
    [494, 0.18, 0.14],
    [660, 0.36, 0.14],
    [494, 0.54, 0.3],
  ],
};

/** Two alarms within this time would only be noise. */
const QUIET_MS = 1_000;
const VOLUME = 0.22;
/** Ramps so short that no one hears them, long enough that a note does not click. */
const RAMP_S = 0.012;

let context: AudioContext | undefined;
let playedAt = 0;

/** Browsers are silent until a person has touched the page; from then on the tones can sound. */
export function unlockSoundOnGesture(): () => void {
  const unlock = (): void => {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  };
  const options = { capture: true, passive: true };
  window.addEventListener('pointerdown', unlock, options);
  window.addEventListener('keydown', unlock, options);
  return () => {
    window.removeEventListener('pointerdown', unlock, options);
    window.removeEventListener('keydown', unlock, options);
  };
}

/** Plays the tone of a severity; silent before the first gesture and right after another tone. */
export function playTone(severity: Severity, now: number): void {
  if (context === undefined || context.state !== 'running' || now - playedAt < QUIET_MS) return;
  playedAt = now;
  const start = context.currentTime + 0.02;
  for (const [frequency, at, length] of tones[severity]) {
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.frequency.value = frequency;
    oscillator.type = severity === 'critical' ? 'square' : 'sine';
    const loud = severity === 'critical' ? VOLUME / 2 : VOLUME;
    volume.gain.setValueAtTime(0, start + at);
    volume.gain.linearRampToValueAtTime(loud, start + at + RAMP_S);
    volume.gain.setValueAtTime(loud, start + at + length - RAMP_S);
    volume.gain.linearRampToValueAtTime(0, start + at + length);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start + at);
    oscillator.stop(start + at + length);
  }
}
