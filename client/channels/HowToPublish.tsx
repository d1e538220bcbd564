import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PublishSamples } from '../publish/PublishSamples.tsx';
import { useHasRole } from '../session/session-store.ts';

/** How to publish to a channel, and where the key for it comes from. */
export function HowToPublish({ channel, data }: { channel: string; data: unknown }): ReactNode {
  const admin = useHasRole('admin');
  return (
    <>
      <PublishSamples channel={channel} data={data} />
      <p className="small muted">
        <code>KEY</code> holds an API key that may publish to <code>{channel}</code>.{' '}
        {admin ? <Link to="/keys">Make one</Link> : 'An admin makes them.'}
      </p>
    </>
  );
}
