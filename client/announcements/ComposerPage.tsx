import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function ComposerPage(): ReactNode {
  return <Page title="New announcement">{null}</Page>;
}
