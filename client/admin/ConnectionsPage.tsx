import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function ConnectionsPage(): ReactNode {
  return <Page title="Connections">{null}</Page>;
}
