import { type ReactNode, useState } from 'react';
import { type Language, languageNames, languages, publishCode } from '../channels/publish-code.ts';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Segmented } from '../ui/Segmented.tsx';

const options = languages.map((value) => ({ value, label: languageNames[value] }));

/** What stands in the examples; nobody has sent anything yet. */
const DATA = 41.2;

/** The line that puts a key where the examples read it, so that they run as they are. */
export function settingKey(language: Language, key: string): string {
  switch (language) {
    case 'curl':
    case 'loop':
      return `export KEY=${key}`;
    case 'python':
      return `import os; os.environ["KEY"] = "${key}"`;
    case 'node':
      return `process.env.KEY = '${key}';`;
    case 'powershell':
      return `$env:KEY = '${key}'`;
  }
}

export interface PublishSamplesProps {
  channel: string;
  /** The secret, where it is known: right after the key was made. */
  secret?: string;
}

/** How to publish with a key, in the language at hand. */
export function PublishSamples({ channel, secret }: PublishSamplesProps): ReactNode {
  const [language, setLanguage] = useState<Language>('curl');
  const code = publishCode(language, { origin: window.location.origin, channel, data: DATA });
  return (
    <>
      <Segmented label="Send with" size="small" value={language} options={options} onChange={setLanguage} />
      <CodeBlock
        label={`Send a value to ${channel}`}
        code={secret === undefined ? code : `${settingKey(language, secret)}\n${code}`}
      />
    </>
  );
}
