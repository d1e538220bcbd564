import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import styles from './ChoicesEditor.module.css';
import { CHOICES_MAX, type Draft } from './draft.ts';
import { Fault } from './Row.tsx';

export interface ChoicesEditorProps {
  choices: Draft['choices'];
  fault: string | undefined;
  onChange: (choices: Draft['choices']) => void;
}

/** The answers people can choose from. An urgent one tells the sender at once who needs help. */
export function ChoicesEditor({ choices, fault, onChange }: ChoicesEditorProps): ReactNode {
  const id = useId();
  const [text, setText] = useState('');
  const full = choices.length >= CHOICES_MAX;

  const add = (): void => {
    const clean = text.trim();
    setText('');
    if (clean === '' || full || choices.some((choice) => choice.text === clean)) return;
    onChange([...choices, { text: clean }]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey;
    if ((event.key === 'Enter' || event.key === ',') && plain && text.trim() !== '') {
      event.preventDefault();
      add();
    }
    if (event.key === 'Backspace' && text === '') onChange(choices.slice(0, -1));
  };
  const toggleUrgent = (at: number): void =>
    onChange(
      choices.map((choice, index) => {
        if (index !== at) return choice;
        return choice.urgent ? { text: choice.text } : { text: choice.text, urgent: true };
      }),
    );

  return (
    <>
      <ul className={styles.chips}>
        {choices.map(({ text: answer, urgent }, index) => (
          <li key={answer} className={styles.chip}>
            <button
              type="button"
              className={styles.urgent}
              aria-pressed={urgent === true}
              title={
                urgent
                  ? 'Tells you at once. Press to make it an ordinary answer'
                  : 'Make it urgent: it tells you at once'
              }
              onClick={() => toggleUrgent(index)}
            >
              <SeverityShape severity="critical" over={!urgent} />
              {answer}
              {urgent && <small>tells you at once</small>}
            </button>
            <IconButton
              label={`Remove ${answer}`}
              size="small"
              onClick={() => onChange(choices.filter((_, at) => at !== index))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
        {!full && (
          <li className={styles.add}>
            <input
              type="text"
              value={text}
              maxLength={60}
              aria-label="Add an answer"
              aria-describedby={`${id}-fault`}
              placeholder={choices.length === 0 ? 'an answer, then Enter' : 'add'}
              enterKeyHint="done"
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
              onBlur={add}
            />
          </li>
        )}
      </ul>
      <Fault id={`${id}-fault`}>{fault}</Fault>
    </>
  );
}
