import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function InvitePage(): ReactNode {
  return <Page title="Invitation">{null}</Page>;
}
