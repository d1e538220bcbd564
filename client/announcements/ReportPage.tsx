import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function ReportPage(): ReactNode {
  return <Page title="Report">{null}</Page>;
}
