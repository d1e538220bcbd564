import type { AnnouncementContent } from '../../../shared/domain/announcement.ts';

/** Makes one word of a text for a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same announcement as a command. */
export function curlOf(origin: string, content: AnnouncementContent): string {
  return [
    `curl -X POST ${origin}/api/v1/announcements`,
    '-H "Authorization: Bearer $KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${shellQuoted(JSON.stringify(content))}`,
  ].join(' ');
}
