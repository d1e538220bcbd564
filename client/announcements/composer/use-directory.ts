import { useCallback, useEffect, useState } from 'react';
import { groupsReply, peopleReply } from '../../../shared/api/accounts.ts';
import { boardsReply } from '../../../shared/api/boards.ts';
import { listAll } from '../../list-all.ts';
import type { Tag } from '../../ui/TagPicker.tsx';
import type { AudiencePart } from './draft.ts';

const EVERYONE: AudiencePart = { kind: 'everyone', id: 'everyone', name: 'Everyone' };

const kindWords: Record<AudiencePart['kind'], string> = {
  everyone: 'All',
  group: 'Groups',
  person: 'People',
  board: 'Viewers of a board',
};

/** A part of an audience as the picker lists it. */
export interface Choice extends AudiencePart {
  note?: string;
}

export const choiceId = (part: AudiencePart): string => `${part.kind}:${part.id}`;

export function tagOf(choice: Choice): Tag {
  return {
    id: choiceId(choice),
    label: choice.name,
    kind: kindWords[choice.kind],
    ...(choice.note !== undefined && { note: choice.note }),
  };
}

export interface Directory {
  choices: readonly Choice[];
  loading: boolean;
  error: unknown;
  retry: () => void;
}

async function load(): Promise<Choice[]> {
  const [groups, people, boards] = await Promise.all([
    listAll('/groups', groupsReply, (reply) => reply.groups),
    listAll('/people', peopleReply, (reply) => reply.people),
    listAll('/boards', boardsReply, (reply) => reply.boards),
  ]);
  return [
    EVERYONE,
    ...groups.map(({ id, name, people: members }) => ({
      kind: 'group' as const,
      id,
      name,
      note: String(members.length),
    })),
    ...people
      .filter((person) => !person.disabled)
      .map(({ id, name, login }) => ({ kind: 'person' as const, id, name, note: login })),
    ...boards.map(({ id, name, viewers }) => ({
      kind: 'board' as const,
      id,
      name,
      note: viewers === 1 ? '1 viewer' : `${viewers} viewers`,
    })),
  ];
}

/** Everybody and everything an announcement can be aimed at. */
export function useDirectory(): Directory {
  const [state, setState] = useState<Omit<Directory, 'retry'>>({
    choices: [EVERYONE],
    loading: true,
    error: undefined,
  });
  const retry = useCallback((): void => {
    setState((was) => ({ ...was, loading: true, error: undefined }));
    load().then(
      (choices) => setState({ choices, loading: false, error: undefined }),
      (error: unknown) => setState((was) => ({ ...was, loading: false, error })),
    );
  }, []);
  useEffect(retry, [retry]);
  return { ...state, retry };
}
