import { type Role, roles } from '../../shared/domain/account.ts';

/** What each role is for, in a few words of everyday language. */
export const roleWords: Record<Role, { name: string; does: string; may: string }> = {
  viewer: {
    name: 'Viewer',
    does: 'watches',
    may: 'Sees boards and channels, gets announcements and answers them.',
  },
  operator: {
    name: 'Operator',
    does: 'keeps it running',
    may: 'What a viewer may, and builds boards and sends values.',
  },
  announcer: {
    name: 'Announcer',
    does: 'speaks to people',
    may: 'What an operator may, and announces to people and groups and sees who got it.',
  },
  admin: {
    name: 'Admin',
    does: 'decides who may',
    may: 'Everything: people, groups, keys and connections.',
  },
};

/** Acts, each with the least role that may do it; roles nest. */
export const rights: readonly { act: string; needs: Role }[] = [
  { act: 'See boards and channels', needs: 'viewer' },
  { act: 'Get announcements and answer them', needs: 'viewer' },
  { act: 'Build boards, set thresholds', needs: 'operator' },
  { act: 'Send values, configure channels', needs: 'operator' },
  { act: 'Announce to people, groups and viewers of a board', needs: 'announcer' },
  { act: 'See who got it, ask again, edit, retract', needs: 'announcer' },
  { act: 'Invite, change roles, disable', needs: 'admin' },
  { act: 'Make and revoke keys', needs: 'admin' },
  { act: 'See and end connections', needs: 'admin' },
];

export const roleOptions = roles.map((role) => ({ value: role, label: roleWords[role].name }));
