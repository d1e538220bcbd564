import type { ReactNode } from 'react';
import type { Role } from '../../shared/domain/account.ts';
import { useSession } from '../session/session-store.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { EmptyState } from '../ui/States.tsx';

const article: Record<Role, string> = {
  viewer: 'a viewer',
  operator: 'an operator',
  announcer: 'an announcer',
  admin: 'an admin',
};

/** A page that this person may not open: which role it takes, and who can give it. */
export function ForbiddenPage({ needs, about }: { needs: Role; about?: string | undefined }): ReactNode {
  const held = useSession((state) => state.me?.role ?? 'viewer');
  return (
    <Page title="Not open to you">
      <EmptyState
        title={`This page is for ${article[needs]}; you are ${article[held]}.`}
        actions={<ButtonLink to="/boards">All boards</ButtonLink>}
      >
        <p>{about} An admin can change your role, on the page People.</p>
      </EmptyState>
    </Page>
  );
}
