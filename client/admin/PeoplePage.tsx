import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function PeoplePage(): ReactNode {
  return <Page title="People">{null}</Page>;
}
