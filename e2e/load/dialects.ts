import type { Message } from './scan.ts';

export interface Position {
  channel: string;
  since?: { epoch: string; offset: number };
}

/** How a server is spoken to, beside the messages `subscribed` and `publication` that all of them send. */
export interface Dialect {
  path: string;
  /** What to say once the socket is open. */
  greeting(wishes: readonly Position[]): string;
  /** Messages of a frame's text. */
  parse(text: string): Message[];
  /** What to answer to a text that carries no messages. */
  answer?(text: string, wishes: readonly Position[]): string | undefined;
}

const plain = (text: string): Message[] => [JSON.parse(text)].flat();

export const dialects = {
  callboard: {
    path: '/ws',
    /** Everything in one flight, as a page does. */
    greeting: (wishes) =>
      JSON.stringify([
        { type: 'hello', protocol: 1 },
        ...wishes.map((wish, id) => ({ type: 'subscribe', id, ...wish })),
      ]),
    parse: plain,
  },
  plain: {
    path: '/',
    greeting: (wishes) => JSON.stringify({ subscribe: wishes.map(({ channel }) => channel) }),
    parse: plain,
  },
  /** Engine.IO 4 and Socket.IO 5 as text over a bare WebSocket: 0 open, 2 ping, 3 pong, 40 connect, 42 event. */
  'socket.io': {
    path: '/socket.io/?EIO=4&transport=websocket',
    greeting: () => '40',
    parse: (text) => (text.startsWith('42') ? [JSON.parse(text.slice(2))[1] as Message] : []),
    answer: (text, wishes) => {
      if (text === '2') return '3';
      if (!text.startsWith('40')) return undefined;
      return `42${JSON.stringify(['subscribe', wishes.map(({ channel }) => channel)])}`;
    },
  },
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
