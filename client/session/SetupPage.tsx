import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function SetupPage(): ReactNode {
  return <Page title="Set up">{null}</Page>;
}
