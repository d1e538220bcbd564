import type { AnnouncementContent } from '../../../shared/domain/announcement.ts';
import { shellQuoted } from '../../shell-quoted.ts';

/** The same announcement as a command. */
export function curlOf(origin: string, content: AnnouncementContent): string {
  return [
    `curl -X POST ${origin}/api/v1/announcements`,
    '-H "Authorization: Bearer $KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${shellQuoted(JSON.stringify(content))}`,
  ].join(' ');
}
