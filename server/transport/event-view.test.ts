import { expect, test } from 'vitest';
import { frameOf } from '../hub/frame.ts';
import { gapText, publicationPrefix, publicationText, startedText } from '../hub/messages.ts';
import { EventParser } from '../test/event-parser.ts';
import { eventsOf } from './event-view.ts';

function received(text: string) {
  const parser = new EventParser();
  const [viewed] = eventsOf([text]);
  parser.push(viewed!.bytes);
  const [event] = parser.events;
  return { event: event!.event, data: event!.data, moves: viewed!.moves, lost: viewed!.lost };
}

test('the data of a publication goes on as its producer wrote it', () => {
  const text = (data: string) => publicationText(publicationPrefix('a.b:c'), { offset: 7, time: 1.5, data });
  const data = '{"big":12345678901234567890,"a":1.0,"a":[ 2e0 ]}';
  expect(received(text(data))).toEqual({
    event: 'publication',
    data: `{"channel":"a.b:c","offset":7,"time":1.5,"data":${data}}`,
    moves: { channel: 'a.b:c', offset: 7 },
    lost: undefined,
  });
});

test('each message says how far it brings its reader', () => {
  expect(received(gapText('a', 'e', { from: 2, to: 5, reason: 'thinned' }))).toMatchObject({
    event: 'gap',
    data: '{"channel":"a","epoch":"e","from":2,"to":5,"reason":"thinned"}',
    moves: { channel: 'a', epoch: 'e', offset: 5 },
  });
  const answer = { epoch: 'e', offset: 9, publications: [{ offset: 9, time: 1, data: '1' }] };
  expect(received(startedText('a', answer, 8))).toMatchObject({
    event: 'subscribed',
    data: '{"channel":"a","epoch":"e","offset":9,"after":8}',
    moves: { channel: 'a', epoch: 'e', offset: 8 },
  });
  expect(received('{"type":"unsubscribed","channel":"a","code":41001,"reason":"r"}')).toMatchObject({
    event: 'unsubscribed',
    lost: 'a',
  });
  expect(received('{"type":"message","event":"x","data":{"type":"publication"}}')).toEqual({
    event: 'message',
    data: '{"event":"x","data":{"type":"publication"}}',
    moves: undefined,
    lost: undefined,
  });
});

test('all readers of a frame share the same bytes', () => {
  const frame = frameOf([gapText('a', 'e', { from: 2, to: 5, reason: 'thinned' })]);
  expect(frame.view(eventsOf)).toBe(frame.view(eventsOf));
});
