import { Combobox } from '@base-ui/react/combobox';
import { Check, X } from 'lucide-react';
import { type ReactNode, useContext, useMemo } from 'react';
import { DialogElement } from './Dialog.tsx';
import styles from './TagPicker.module.css';

export interface Tag {
  /** Unique among all that can be chosen. */
  id: string;
  label: string;
  /** A quieter figure or word beside it: `38`. */
  note?: string | undefined;
  /** Heading it stands under in the list: `Groups`. */
  kind?: string | undefined;
}

export interface TagPickerProps {
  /** For the label of a Field. */
  id?: string | undefined;
  /** What is picked; spoken where no Field names it. */
  label: string;
  options: readonly Tag[];
  value: readonly string[];
  onChange: (ids: string[]) => void;
  placeholder?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

interface Kind {
  value: string;
  items: Tag[];
}

function byKind(options: readonly Tag[]): Kind[] {
  const kinds = new Map<string, Tag[]>();
  for (const option of options) {
    const kind = option.kind ?? '';
    const list = kinds.get(kind);
    if (list === undefined) kinds.set(kind, [option]);
    else list.push(option);
  }
  return [...kinds].map(([value, items]) => ({ value, items }));
}

/** Picks several of many: typing filters, Enter adds, Backspace takes the last one away. */
export function TagPicker(props: TagPickerProps): ReactNode {
  const { id, label, options, value, onChange, placeholder = 'add', ...described } = props;
  // Inside a modal dialog all that lies beyond it is out of reach, so the list has to open within.
  const dialog = useContext(DialogElement);
  const kinds = useMemo(() => byKind(options), [options]);
  const chosen = useMemo(() => {
    const known = new Map(options.map((option) => [option.id, option]));
    return value.map((one) => known.get(one) ?? { id: one, label: one });
  }, [options, value]);

  return (
    <Combobox.Root
      multiple
      items={kinds}
      value={chosen}
      // Escape closes the list; that it would also take all chips away is a surprise nobody asked for.
      onValueChange={(tags: Tag[], { reason }) => {
        if (reason !== 'escape-key') onChange(tags.map((tag) => tag.id));
      }}
      itemToStringLabel={(tag: Tag) => tag.label}
      isItemEqualToValue={(one: Tag, other: Tag) => one.id === other.id}
    >
      <Combobox.InputGroup className={styles.group}>
        <Combobox.Chips render={<span style={{ display: 'contents' }} />}>
          {chosen.map((tag) => (
            <Combobox.Chip key={tag.id} className={styles.chip} aria-label={tag.label}>
              {tag.label}
              {tag.note !== undefined && <small>{tag.note}</small>}
              <Combobox.ChipRemove className={styles.remove} aria-label={`Remove ${tag.label}`}>
                <X aria-hidden />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            {...(id === undefined ? { 'aria-label': label } : { id })}
            {...described}
            className={styles.input}
            placeholder={placeholder}
          />
        </Combobox.Chips>
      </Combobox.InputGroup>
      {/* Null would mean a container still to come, and no list until then. */}
      <Combobox.Portal {...(dialog !== null && { container: dialog })}>
        <Combobox.Positioner className={styles.positioner} sideOffset={4} positionMethod="fixed">
          <Combobox.Popup className={styles.popup}>
            <Combobox.Empty className={styles.none}>Nothing of that name.</Combobox.Empty>
            <Combobox.List>
              {(kind: Kind) => (
                <Combobox.Group key={kind.value} items={kind.items}>
                  {kind.value !== '' && (
                    <Combobox.GroupLabel className={styles.kind}>{kind.value}</Combobox.GroupLabel>
                  )}
                  <Combobox.Collection>
                    {(tag: Tag) => (
                      <Combobox.Item key={tag.id} value={tag} className={styles.item}>
                        {tag.label}
                        <Combobox.ItemIndicator>
                          <Check aria-hidden />
                        </Combobox.ItemIndicator>
                        {tag.note !== undefined && <small>{tag.note}</small>}
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
