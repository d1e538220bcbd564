import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { Role } from '../../shared/domain/account.ts';
import { BoardPage } from '../boards/BoardPage.tsx';
import { lastBoard, rememberBoard } from '../boards/last-board.ts';
import { session } from '../session/session-store.ts';
import { preloadTiles } from '../tiles/lazy-tiles.ts';
import { boardSearch } from '../tiles/values/board-window.ts';
import { ErrorPage, StartFailedPage } from './ErrorPage.tsx';
import { admit, safeDestination } from './guard.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import { Shell } from './Shell.tsx';

/** What the shell must know of a page. */
interface PageFacts {
  /** The least role that may open it; everybody who is signed in where it is absent. */
  needs?: Role;
  /** What a person without that role is told it is for: `People and groups are kept here.` */
  about?: string;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption extends PageFacts {}
  interface Register {
    router: typeof router;
  }
}

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: StartFailedPage,
  async beforeLoad({ location }) {
    await session.load();
    const admission = admit(session.get(), location.href);
    if (admission.go === 'setup') throw redirect({ to: '/setup', hash: true, replace: true });
    if (admission.go === 'home') throw redirect({ to: '/', replace: true });
    if (admission.go === 'signin')
      throw redirect({
        to: '/signin',
        search: admission.to === '/' ? {} : { to: admission.to },
        replace: true,
      });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../session/SetupPage.tsx'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (search): { to?: string } => {
    const to = safeDestination(search.to);
    return to === '/' ? {} : { to };
  },
  component: lazyRouteComponent(() => import('../session/SignInPage.tsx'), 'SignInPage'),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('../session/InvitePage.tsx'), 'InvitePage'),
});

/** Everything behind sign-in: one shell around all of it, which stays while pages change. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  errorComponent: ErrorPage,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad() {
    const slug = lastBoard();
    throw slug === undefined
      ? redirect({ to: '/boards', replace: true })
      : redirect({ to: '/b/$slug', params: { slug }, replace: true });
  },
});

const boards = createRoute({
  getParentRoute: () => shell,
  path: '/boards',
  component: lazyRouteComponent(() => import('../boards/BoardsPage.tsx'), 'BoardsPage'),
});

/** Not lazy: it is what most people open, and it must paint after one round trip. Only its heavy tiles come apart. */
const board = createRoute({
  getParentRoute: () => shell,
  path: '/b/$slug',
  component: BoardPage,
  validateSearch: boardSearch,
  beforeLoad({ params, preload }) {
    // A pointer over the link loads the page ahead; nobody has seen the board yet.
    if (!preload) rememberBoard(params.slug);
    preloadTiles();
  },
});

const boardEdit = createRoute({
  getParentRoute: () => shell,
  path: '/b/$slug/edit',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('../boards/BoardEditPage.tsx'), 'BoardEditPage'),
  staticData: { needs: 'operator', about: 'Boards are built and changed here.' },
});

const channels = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  component: lazyRouteComponent(() => import('../channels/ChannelsPage.tsx'), 'ChannelsPage'),
});

const channel = createRoute({
  getParentRoute: () => shell,
  path: '/channels/$name',
  component: lazyRouteComponent(() => import('../channels/ChannelPage.tsx'), 'ChannelPage'),
});

const feed = createRoute({
  getParentRoute: () => shell,
  path: '/feed',
  component: lazyRouteComponent(() => import('../announcements/FeedPage.tsx'), 'FeedPage'),
});

const speaks = { needs: 'announcer', about: 'Announcements are written and followed here.' } as const;

const composer = createRoute({
  getParentRoute: () => shell,
  path: '/announce',
  component: lazyRouteComponent(() => import('../announcements/ComposerPage.tsx'), 'ComposerPage'),
  staticData: speaks,
});

const history = createRoute({
  getParentRoute: () => shell,
  path: '/announce/history',
  component: lazyRouteComponent(() => import('../announcements/HistoryPage.tsx'), 'HistoryPage'),
  staticData: speaks,
});

const report = createRoute({
  getParentRoute: () => shell,
  path: '/announce/$id',
  component: lazyRouteComponent(() => import('../announcements/ReportPage.tsx'), 'ReportPage'),
  staticData: speaks,
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('../admin/ConnectionsPage.tsx'), 'ConnectionsPage'),
  staticData: { needs: 'admin', about: 'Who is connected stands here.' },
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  validateSearch: (search): { tab?: 'groups' | 'roles'; open?: string } => ({
    ...((search.tab === 'groups' || search.tab === 'roles') && { tab: search.tab }),
    ...(typeof search.open === 'string' && { open: search.open }),
  }),
  component: lazyRouteComponent(() => import('../admin/PeoplePage.tsx'), 'PeoplePage'),
  staticData: { needs: 'admin', about: 'People, groups and roles are kept here.' },
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('../admin/KeysPage.tsx'), 'KeysPage'),
  staticData: { needs: 'admin', about: 'Keys for machines and programs are made here.' },
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/SettingsPage.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    signIn,
    invite,
    shell.addChildren([
      home,
      boards,
      board,
      boardEdit,
      channels,
      channel,
      feed,
      composer,
      history,
      report,
      connections,
      people,
      keys,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});
