import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useShortcut } from '../app/shortcuts.ts';
import { publishCode } from '../publish/publish-code.ts';
import { Button } from '../ui/Button.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Page } from '../ui/Page.tsx';
import { Tab, Tabs } from '../ui/Segmented.tsx';
import { EmptyState, ListError, Skeleton } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import { listKeys, listPeople } from './admin-api.ts';
import { KeyDrawer } from './KeyDrawer.tsx';
import { KeysTable } from './KeysTable.tsx';
import { NewKeyDrawer } from './NewKeyDrawer.tsx';
import styles from './people.module.css';

/** When a key was last used moves on; so often it is asked anew while somebody looks. */
const RELOAD_MS = 5_000;

/** What stands beside the list. */
type Open = { kind: 'none' } | { kind: 'new' } | { kind: 'key'; id: string };

/** Keys for machines and programs: what each may do, whether it is used, and how to make one. */
export function KeysPage(): ReactNode {
  const keys = useLoaded(listKeys, RELOAD_MS);
  const people = useLoaded(listPeople);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const close = (): void => setOpen({ kind: 'none' });
  const create = (): void => setOpen({ kind: 'new' });
  useShortcut('n', 'New key', 'Keys', create);

  const selected = open.kind === 'key' ? keys.data?.find((key) => key.id === open.id) : undefined;
  const nameOf = (id: string): string => people.data?.find((person) => person.id === id)?.name ?? id;

  return (
    <Page
      title="Sources"
      tools={
        <Tabs label="Sources">
          <Tab to="/channels">Channels</Tab>
          <Tab to="/keys" count={keys.data?.length}>
            Keys
          </Tab>
        </Tabs>
      }
      actions={
        <Button variant={open.kind === 'new' ? 'plain' : 'primary'} onClick={create}>
          <Plus aria-hidden /> New key
        </Button>
      }
      asideLabel="Key"
      aside={
        open.kind === 'new' ? (
          <NewKeyDrawer onCreated={() => void keys.reload()} onClose={close} />
        ) : (
          selected && (
            <KeyDrawer
              key={selected.id}
              apiKey={selected}
              madeBy={nameOf(selected.createdBy)}
              onClose={close}
              onRevoked={() => {
                close();
                void keys.reload();
              }}
            />
          )
        )
      }
    >
      <ListError
        error={keys.error}
        what="keys"
        shown={keys.data !== undefined}
        onRetry={() => void keys.reload()}
      />
      {keys.data === undefined && keys.error === undefined && <Skeleton what="keys" />}
      {keys.data?.length === 0 && <NoKeys onNew={create} />}
      {keys.data !== undefined && keys.data.length > 0 && (
        <KeysTable keys={keys.data} selected={selected?.id} onSelect={(id) => setOpen({ kind: 'key', id })} />
      )}
    </Page>
  );
}

function NoKeys({ onNew }: { onNew: () => void }): ReactNode {
  const code = publishCode('curl', { origin: window.location.origin, channel: 'tide.gauge', data: 41.2 });
  return (
    <EmptyState title="No keys yet." actions={<Button onClick={onNew}>New key</Button>}>
      <p>A machine or program shows a key to send values. With one, this is all it takes:</p>
      <div className={styles.command}>
        <CodeBlock label="Send a value" code={code} />
      </div>
    </EmptyState>
  );
}
