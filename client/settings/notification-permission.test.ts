import { expect, test } from 'vitest';
import { accessIn, explain, type NotificationAccess } from './notification-permission.ts';

const desktop = { isSecureContext: true, permission: 'default', userAgent: 'Firefox' } as const;

test('why there are no notifications is told apart', () => {
  expect(accessIn(desktop)).toBe('ask');
  expect(accessIn({ ...desktop, permission: 'denied' })).toBe('denied');
  expect(accessIn({ ...desktop, permission: 'granted' })).toBe('granted');
  expect(accessIn({ ...desktop, isSecureContext: false })).toBe('insecure');
  expect(accessIn({ ...desktop, permission: undefined })).toBe('unsupported');
  expect(accessIn({ ...desktop, permission: undefined, userAgent: 'Safari on iPhone' })).toBe('install');
});

test('whatever stands in the way is explained', () => {
  const blocked: NotificationAccess[] = ['denied', 'insecure', 'install', 'unsupported'];
  for (const access of blocked) expect(explain(access)).toBeDefined();
  expect(explain('granted')).toBeUndefined();
});
