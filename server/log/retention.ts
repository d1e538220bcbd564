import type { ChannelOptions } from '../../shared/api/publications.ts';

/** What a channel keeps where its own options say nothing. */
export interface Retention {
  publications: number;
  hours: number;
  bytes: number;
}

export function retentionOf(options: ChannelOptions, defaults: Retention): Retention {
  const own = options.retention;
  return {
    publications: own?.publications ?? defaults.publications,
    hours: own?.hours ?? defaults.hours,
    bytes: own?.bytes ?? defaults.bytes,
  };
}
