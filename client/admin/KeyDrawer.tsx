import { type ReactNode, useState } from 'react';
import type { ApiKey } from '../../shared/domain/account.ts';
import { useNow } from '../live/clock.ts';
import { PublishSamples } from '../publish/PublishSamples.tsx';
import { Button } from '../ui/Button.tsx';
import { DayTime } from '../ui/DayTime.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { revokeKey } from './admin-api.ts';
import { DrawerHead, DrawerSection, Facts } from './Drawer.tsx';
import { describeScopes, exampleChannel } from './key-scopes.ts';
import { useAct } from './use-act.ts';

export interface KeyDrawerProps {
  apiKey: ApiKey;
  /** Who made it, by name. */
  madeBy: string;
  onRevoked: () => void;
  onClose: () => void;
}

export function KeyDrawer({ apiKey, madeBy, onRevoked, onClose }: KeyDrawerProps): ReactNode {
  const [revoking, setRevoking] = useState(false);
  const { run, busy, error } = useAct();
  const now = useNow(10_000);
  const { expiresAt, lastUsedAt } = apiKey;
  const publish = apiKey.scopes
    .filter((scope) => scope.startsWith('publish:'))
    .join(' ')
    .replaceAll('publish:', '');
  return (
    <>
      <DrawerHead title={apiKey.name} literal={`ends in ${apiKey.hint}`} onClose={onClose} />
      <DrawerSection title="It may">
        <span>{describeScopes(apiKey)}</span>
      </DrawerSection>
      <DrawerSection>
        <Facts
          facts={[
            ['Last used', lastUsedAt === undefined ? 'never' : <DayTime key="used" time={lastUsedAt} />],
            [
              expiresAt !== undefined && expiresAt <= now ? 'Expired' : 'Expires',
              expiresAt === undefined ? 'never' : <DayTime key="expires" time={expiresAt} />,
            ],
            ['Made', <DayTime key="made" time={apiKey.createdAt} />],
            ['Made by', madeBy],
          ]}
        />
      </DrawerSection>
      {publish !== '' && (
        <DrawerSection title="Send with it">
          <PublishSamples channel={exampleChannel(publish)} />
          <p>
            <code>KEY</code> holds the key. It was shown once, when it was made; if it is lost, revoke this
            one and make another.
          </p>
        </DrawerSection>
      )}
      <DrawerSection>
        <Button onClick={() => setRevoking(true)}>Revoke {apiKey.name}…</Button>
        <p>Its requests are refused and its connections end at once.</p>
      </DrawerSection>
      {revoking && (
        <Dialog
          title={`Revoke ${apiKey.name}?`}
          onClose={() => setRevoking(false)}
          actions={
            <>
              <Button onClick={() => setRevoking(false)}>Keep it</Button>
              <Button
                variant="primary"
                busy={busy}
                onClick={() => void run(() => revokeKey(apiKey.id)).then((worked) => worked && onRevoked())}
              >
                Revoke {apiKey.name}
              </Button>
            </>
          }
        >
          {error !== undefined ? (
            <ErrorNote title="The key still works." error={error} />
          ) : (
            <p>Whatever uses the key ending in {apiKey.hint} stops working, for good.</p>
          )}
        </Dialog>
      )}
    </>
  );
}
