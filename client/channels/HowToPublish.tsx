import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useHasRole } from '../session/session-store.ts';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { type Language, languageNames, languages, publishCode } from './publish-code.ts';

const options = languages.map((value) => ({ value, label: languageNames[value] }));

/** The complete command that publishes to a channel, in the language of who reads it. */
export function HowToPublish({ channel, data }: { channel: string; data: unknown }): ReactNode {
  const [language, setLanguage] = useState<Language>('curl');
  const admin = useHasRole('admin');
  const code = publishCode(language, { origin: window.location.origin, channel, data });
  return (
    <>
      <div>
        <Segmented label="Language" size="small" value={language} options={options} onChange={setLanguage} />
      </div>
      <CodeBlock label={`Publish to ${channel}`} code={code} />
      <p className="small muted">
        <code>KEY</code> holds an API key that may publish to <code>{channel}</code>.{' '}
        {admin ? <Link to="/keys">Make one</Link> : 'An admin makes them.'}
      </p>
    </>
  );
}
