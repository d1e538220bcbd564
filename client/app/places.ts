import { LayoutDashboard, List, type LucideIcon, Megaphone, Plug, Share2, UserRound } from 'lucide-react';
import { hasRole, type Role } from '../../shared/domain/account.ts';

/** One place of the main navigation. */
export interface Place {
  to: '/boards' | '/feed' | '/announce' | '/connections' | '/channels' | '/people';
  label: string;
  icon: LucideIcon;
  /** The least role that sees it. */
  needs: Role;
  /** Pages that belong to it: their paths, or how these begin. */
  holds: readonly string[];
  /** Shortcut that leads there. */
  keys: string;
}

export const places: readonly Place[] = [
  {
    to: '/boards',
    label: 'Boards',
    icon: LayoutDashboard,
    needs: 'viewer',
    holds: ['/boards', '/b/'],
    keys: 'g b',
  },
  { to: '/feed', label: 'Feed', icon: List, needs: 'viewer', holds: ['/feed'], keys: 'g f' },
  {
    to: '/announce',
    label: 'Announce',
    icon: Megaphone,
    needs: 'announcer',
    holds: ['/announce'],
    keys: 'g a',
  },
  {
    to: '/connections',
    label: 'Connections',
    icon: Share2,
    needs: 'admin',
    holds: ['/connections'],
    keys: 'g c',
  },
  {
    to: '/channels',
    label: 'Sources',
    icon: Plug,
    needs: 'viewer',
    holds: ['/channels', '/keys'],
    keys: 'g s',
  },
  { to: '/people', label: 'People', icon: UserRound, needs: 'admin', holds: ['/people'], keys: 'g p' },
];

export function placesFor(role: Role): Place[] {
  return places.filter((place) => hasRole(role, place.needs));
}

/** Which place a page belongs to. `/board-of-directors` is not below `/b/`, `/boards/x` is below `/boards`. */
export function holdsPage(place: Place, pathname: string): boolean {
  return place.holds.some(
    (start) => pathname === start || pathname.startsWith(start.endsWith('/') ? start : `${start}/`),
  );
}
