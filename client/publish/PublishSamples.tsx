import { type ReactNode, useState } from 'react';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { type Language, languageNames, languages, publishCode } from './publish-code.ts';

const options = languages.map((value) => ({ value, label: languageNames[value] }));

/** The line that puts a key where the examples read it, so that they run as they are. */
function settingKey(language: Language, key: string): string {
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
  /** What the examples send; a number where nobody has sent anything yet. */
  data?: unknown;
  /** The secret, where it is known: right after the key was made. */
  secret?: string;
}

/** The complete command that publishes to a channel, in the language of who reads it. */
export function PublishSamples({ channel, data = 41.2, secret }: PublishSamplesProps): ReactNode {
  const [language, setLanguage] = useState<Language>('curl');
  const code = publishCode(language, { origin: window.location.origin, channel, data });
  return (
    <>
      <div>
        <Segmented label="Language" size="small" value={language} options={options} onChange={setLanguage} />
      </div>
      <CodeBlock
        label={`Publish to ${channel}`}
        code={secret === undefined ? code : `${settingKey(language, secret)}\n${code}`}
      />
    </>
  );
}
