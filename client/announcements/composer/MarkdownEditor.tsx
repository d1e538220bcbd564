import { Bold, Code, Link, List } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import styles from './MarkdownEditor.module.css';
import { makeLink, type Selected, toggleAround, toggleList } from './markdown-edit.ts';
import { hasMod } from './mod-key.ts';

export interface MarkdownEditorProps {
  id: string;
  value: string;
  maxLength: number;
  onChange: (text: string) => void;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

/** A field for Markdown: what one types is what one sees, the buttons put the marks. */
export function MarkdownEditor({
  id,
  value,
  maxLength,
  onChange,
  ...described
}: MarkdownEditorProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);

  const edit = (change: (selected: Selected) => Selected): void => {
    const element = area.current;
    if (element === null) return;
    const made = change({ text: element.value, start: element.selectionStart, end: element.selectionEnd });
    element.focus();
    // Through the browser's own editing, so that its undo knows about it.
    element.setSelectionRange(0, element.value.length);
    if (!document.execCommand('insertText', false, made.text)) onChange(made.text);
    requestAnimationFrame(() => element.setSelectionRange(made.start, made.end));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!hasMod(event) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'b') return;
    event.preventDefault();
    edit((selected) => toggleAround(selected, '**'));
  };

  return (
    <div className={styles.editor}>
      <div className={styles.tools} role="toolbar" aria-label="Format" aria-controls={id}>
        <IconButton label="Bold" size="small" onClick={() => edit((at) => toggleAround(at, '**'))}>
          <Bold aria-hidden />
        </IconButton>
        <IconButton label="List" size="small" onClick={() => edit(toggleList)}>
          <List aria-hidden />
        </IconButton>
        <IconButton label="Link" size="small" onClick={() => edit(makeLink)}>
          <Link aria-hidden />
        </IconButton>
        <IconButton label="Code" size="small" onClick={() => edit((at) => toggleAround(at, '`'))}>
          <Code aria-hidden />
        </IconButton>
        <span className={styles.kind}>Markdown</span>
      </div>
      <textarea
        id={id}
        ref={area}
        value={value}
        maxLength={maxLength}
        spellCheck
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        {...described}
      />
    </div>
  );
}
