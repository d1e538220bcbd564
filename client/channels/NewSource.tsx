import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { isChannelName, isServerChannel } from '../../shared/channels.ts';
import { Listening } from '../publish/Listening.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { TextInput } from '../ui/Input.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { HowToPublish } from './HowToPublish.tsx';
import styles from './NewSource.module.css';

const samples = {
  number: { label: 'Number', data: 41.2 },
  text: { label: 'Text', data: 'crane 3 stopped' },
  switch: { label: 'On, off', data: true },
  record: { label: 'Record', data: { level: 71.4, flow: 12.8 } },
} as const;
type Sample = keyof typeof samples;

const options = (Object.keys(samples) as Sample[]).map((value) => ({ value, label: samples[value].label }));

/** How a machine or program begins to publish: name, command, and the proof that it works. */
export function NewSource({ onClose }: { onClose: () => void }): ReactNode {
  const [name, setName] = useState('pumps.north');
  const [sample, setSample] = useState<Sample>('number');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fault = faultOf(name);
  return (
    <>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          New source
        </h2>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <section className={styles.section}>
        <Field
          label="Channel"
          error={fault}
          help="There is nothing to create: the first value makes the channel."
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={name}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setName(event.target.value.trim())}
            />
          )}
        </Field>
        <div>
          <Segmented
            label="Kind of value"
            size="small"
            value={sample}
            options={options}
            onChange={setSample}
          />
        </div>
      </section>
      {fault === undefined && (
        <>
          <section className={styles.section}>
            <h3>Send</h3>
            <HowToPublish channel={name} data={samples[sample].data} />
          </section>
          <Heard name={name} />
        </>
      )}
    </>
  );
}

/** Listens to what stands in the field, once the typing rests: each letter would be a channel of its own. */
function Heard({ name }: { name: string }): ReactNode {
  const [settled, setSettled] = useState(name);
  const wanted = useDeferredValue(name);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), 500);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <section className={styles.section}>
      <Listening key={settled} channel={settled} />
      <p>
        <Link to="/channels/$name" params={{ name: settled }}>
          Open <code>{settled}</code>
        </Link>
      </p>
    </section>
  );
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'Give the channel a name.';
  if (!isChannelName(name)) return 'Letters, digits, _ and -, in parts joined by . or :';
  return isServerChannel(name) ? 'Names that begin with $ or system. are the server’s own.' : undefined;
}
