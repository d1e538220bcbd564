import { createHash } from 'node:crypto';

/**
 * The epoch of a channel: the same for the same parts, so that a channel nobody has published to yet already has the
 * one it will have (REC-6). A drop or a change of durability raises `generation`.
 * @param life the installation's id; for a `memory` channel also the process's, as its numbering ends with it
 */
export function epochOf(life: string, channel: string, generation: number): string {
  return createHash('sha256').update(`${life}\n${channel}\n${generation}`).digest('base64url').slice(0, 16);
}
