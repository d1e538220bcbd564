import { historyReply } from '../../shared/api/publications.ts';
import { LIST_MAX } from '../../shared/limits.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { PublicationItem } from '../../shared/protocol/publication.ts';
import { api } from '../api.ts';

/**
 * The newest publications of a channel up to a position, at most `count` of them and one page.
 * @throws ApiError `positionLost` where the numbering has begun anew since
 */
export async function loadTail(
  channel: string,
  { epoch, offset }: Position,
  count: number,
): Promise<readonly PublicationItem[]> {
  const limit = Math.min(count, LIST_MAX);
  const after = Math.max(0, offset - limit);
  const query = new URLSearchParams({ after: `${after}`, epoch, limit: `${limit}` });
  const reply = await api.get(`/channels/${encodeURIComponent(channel)}/history?${query}`, historyReply);
  // What was published since the answer to the subscribe has come by itself.
  return (reply.publications ?? []).filter((item) => item.offset <= offset);
}
