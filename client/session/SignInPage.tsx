import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function SignInPage(): ReactNode {
  return <Page title="Sign in">{null}</Page>;
}
