import { expect, test } from 'vitest';
import { type ReceiptIntent, ReceiptSender } from './receipts.ts';
import { made } from './test-announcement.ts';

function recorder(): { sent: ReceiptIntent[]; sender: ReceiptSender } {
  const sent: ReceiptIntent[] = [];
  return { sent, sender: new ReceiptSender((intent) => sent.push(intent)) };
}

test('[ANN-3] a receipt goes once per revision, however often the frame comes', () => {
  const { sent, sender } = recorder();
  expect(sender.send(made(), 'delivered')).toBe(true);
  expect(sender.send(made(), 'delivered')).toBe(false);
  expect(sender.send(made({ revision: 2 }), 'delivered')).toBe(true);
  expect(sent.map((one) => one.revision)).toEqual([1, 2]);
});

test('[ANN-3] nothing is sent that says less than the server knows from another device', () => {
  const { sent, sender } = recorder();
  sender.send(made({ mine: { state: 'seen' } }), 'delivered');
  sender.send(made({ mine: { state: 'acknowledged' } }), 'seen');
  expect(sent).toEqual([]);
});

test('an answer carries its words, and a deferral goes each time', () => {
  const { sent, sender } = recorder();
  sender.send(made(), 'deferred');
  sender.send(made(), 'deferred');
  sender.send(made(), 'acknowledged', 'I’m safe');
  expect(sent).toHaveLength(3);
  expect(sent[2]).toEqual({
    type: 'receipt',
    announcement: 'a',
    revision: 1,
    state: 'acknowledged',
    answer: 'I’m safe',
  });
});
