import { type ReactNode, useId } from 'react';
import type { Reach } from '../../../shared/domain/announcement.ts';
import { Button } from '../../ui/Button.tsx';
import { TagPicker } from '../../ui/TagPicker.tsx';
import { type AudiencePart, audiencePart, pickParts } from './draft.ts';
import { Fault, Row, Section } from './Row.tsx';
import { plural } from './sending.ts';
import { choiceId, type Directory, tagOf } from './use-directory.ts';
import type { SectionProps } from './WhatSection.tsx';

export interface WhoSectionProps extends SectionProps {
  directory: Directory;
  reach: Reach | undefined;
}

/** Who gets it. */
export function WhoSection({ draft, faults, change, directory, reach }: WhoSectionProps): ReactNode {
  const toId = useId();
  const exceptId = useId();
  const { choices } = directory;

  /** The parts behind chosen ids; one that is no longer in the directory keeps what the draft knew of it. */
  const partsOf = (ids: readonly string[], known: readonly AudiencePart[]): AudiencePart[] =>
    ids.flatMap((id) => {
      const part = choices.find((one) => choiceId(one) === id) ?? known.find((one) => choiceId(one) === id);
      return part === undefined ? [] : [audiencePart.parse(part)];
    });
  const exceptable = choices.filter((one) => one.kind === 'group' || one.kind === 'person');

  return (
    <Section title="Who">
      <Row label="To" htmlFor={toId}>
        <TagPicker
          id={toId}
          label="To"
          options={choices.map(tagOf)}
          value={draft.to.map(choiceId)}
          onChange={(ids) => change({ to: pickParts(draft.to, partsOf(ids, draft.to)) })}
          placeholder={draft.to.length === 0 ? 'everyone, a group, a person, viewers of a board' : 'add'}
          aria-describedby={`${toId}-fault`}
          {...(faults.to !== undefined && { 'aria-invalid': true })}
        />
        <Fault id={`${toId}-fault`}>{faults.to}</Fault>
        {directory.error !== undefined && (
          <p className="tiny muted">
            Groups, people and boards could not be loaded.{' '}
            <Button variant="link" onClick={directory.retry}>
              Try again
            </Button>
          </p>
        )}
      </Row>
      <Row label="Except" htmlFor={exceptId}>
        <TagPicker
          id={exceptId}
          label="Except"
          options={exceptable.map(tagOf)}
          value={draft.except.map(choiceId)}
          onChange={(ids) => change({ except: partsOf(ids, draft.except) })}
          placeholder={draft.except.length === 0 ? 'nobody' : 'add'}
        />
        <p className="muted" role="status">
          {overlapWords(reach)}
        </p>
      </Row>
    </Section>
  );
}

function overlapWords(reach: Reach | undefined): string {
  const n = reach?.overlap ?? 0;
  if (n === 0) return '';
  return `${plural(n, 'person is', 'people are')} named more than once. ${n === 1 ? 'This one counts' : 'They count'} once.`;
}
