import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { useChannel } from '../../connection/use-channel.ts';
import { IconButton } from '../../ui/Button.tsx';
import { suggestType } from './data-shape.ts';
import { typeFacts } from './draft.ts';
import { LimitsSection } from './LimitsSection.tsx';
import { LookSection } from './LookSection.tsx';
import { asType, seriesOf } from './new-tile.ts';
import { SourceSection } from './SourceSection.tsx';
import type { Suggestion } from './SuggestInput.tsx';
import { placeText } from './spoken.ts';
import styles from './TilePanel.module.css';
import { TypePicker } from './TypePicker.tsx';

export interface TilePanelProps {
  tile: Tile;
  suggestions: readonly Suggestion[];
  onChange(tile: Tile, what: string): void;
  onClose(): void;
}

/** The settings of one tile, as four questions: from where, as what, how it looks, what is too much. */
export function TilePanel({ tile, suggestions, onChange, onClose }: TilePanelProps): ReactNode {
  const limited = tile.type !== 'log' && tile.type !== 'text';
  const sections: { name: string; aside?: ReactNode; body: ReactNode }[] = [
    ...(tile.type === 'text'
      ? []
      : [
          {
            name: 'Source',
            body: <SourceSection tile={tile} suggestions={suggestions} onChange={onChange} />,
          },
        ]),
    {
      name: 'Type',
      aside: tile.type !== 'text' && <Suggested tile={tile} />,
      body: <TypePicker value={tile.type} onChange={(type) => onChange(asType(tile, type), 'type')} />,
    },
    { name: 'Look', body: <LookSection tile={tile} onChange={onChange} /> },
    ...(limited ? [{ name: 'Limits', body: <LimitsSection tile={tile} onChange={onChange} /> }] : []),
  ];
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <div>
          <h2>{tile.title || typeFacts[tile.type].label}</h2>
          <p className="num">{placeText(tile)}</p>
        </div>
        <IconButton label="Close the settings" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {sections.map(({ name, aside, body }, index) => (
        <Section key={name} number={index + 1} name={name} aside={aside}>
          {body}
        </Section>
      ))}
    </div>
  );
}

interface SectionProps {
  number: number;
  name: string;
  aside?: ReactNode;
  children: ReactNode;
}

function Section({ number, name, aside, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id}>
        <i aria-hidden>{number}</i>
        {name}
        {aside !== undefined && aside !== false && <small>{aside}</small>}
      </h3>
      {children}
    </section>
  );
}

/** The type that suits what the channel sends at the first place of the tile. */
function Suggested({ tile }: { tile: Tile }): ReactNode {
  const series = seriesOf(tile);
  const { channel, pointer } = series[0]!;
  const { last } = useChannel(channel);
  if (last === undefined || series.length > 1) return null;
  return `suggested: ${typeFacts[suggestType(last.data, tile.type === 'log' ? undefined : pointer)].label}`;
}
