/*
 * What every peer does beside sending: number the publications of each channel and keep nothing. A publication looks as
 * Callboard's, so that the viewers count the same bytes everywhere.
 */

const offsets = new Map();

export function headOf(channel) {
  return offsets.get(channel) ?? 0;
}

export function subscribed(channel) {
  return { type: 'subscribed', channel, epoch: 'peer', offset: headOf(channel), publications: [] };
}

/**
 * Takes the body of POST /publish and hands each publication to `send`.
 * @returns the answer's body
 */
export function publish(body, send) {
  const results = [];
  for (const { channel, data } of JSON.parse(body).publications) {
    const offset = headOf(channel) + 1;
    offsets.set(channel, offset);
    send(channel, { type: 'publication', channel, offset, time: Date.now(), data });
    results.push({ channel, offset });
  }
  return JSON.stringify({ results });
}
