import { type ReactNode, useState } from 'react';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { publishSamples } from './publish-samples.ts';

export interface PublishSamplesProps {
  channel: string;
  /** As it stands in the sample: a key, or a name for one. */
  apiKey: string;
}

/** How to publish, in the language at hand. */
export function PublishSamples({ channel, apiKey }: PublishSamplesProps): ReactNode {
  const samples = publishSamples({ origin: window.location.origin, channel, key: apiKey });
  const [chosen, setChosen] = useState(samples[0]?.id ?? 'curl');
  const sample = samples.find((one) => one.id === chosen);
  return (
    <>
      <Segmented
        label="Send with"
        size="small"
        value={chosen}
        options={samples.map(({ id, label }) => ({ value: id, label }))}
        onChange={setChosen}
      />
      <CodeBlock label="Send a value" code={sample?.code ?? ''} />
    </>
  );
}
