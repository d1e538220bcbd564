import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function KeysPage(): ReactNode {
  return <Page title="Keys">{null}</Page>;
}
