import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type Draft, draft, emptyDraft, isEmpty } from './draft.ts';

/** Writing to storage with every key would be felt while typing. */
const SAVE_AFTER_MS = 400;

const stored = z.object({ draft, savedAt: z.number() });
type StoredDraft = z.infer<typeof stored>;

const keyOf = (personId: string): string => `callboard.draft.${personId}`;

/** What was kept for this person; nothing where it is gone, unreadable, or of an older form. */
function readDraft(personId: string): StoredDraft | undefined {
  try {
    const text = localStorage.getItem(keyOf(personId));
    const parsed = stored.safeParse(text === null ? undefined : JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function writeDraft(personId: string, one: Draft): number | undefined {
  try {
    if (isEmpty(one)) {
      localStorage.removeItem(keyOf(personId));
      return undefined;
    }
    const savedAt = Date.now();
    localStorage.setItem(keyOf(personId), JSON.stringify({ draft: one, savedAt }));
    return savedAt;
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page, and nothing claims that it is saved.
    return undefined;
  }
}

export interface DraftEditing {
  draft: Draft;
  /** When it was last kept in this browser (ms); undefined if it is not. */
  savedAt: number | undefined;
  change: (part: Partial<Draft>) => void;
  discard: () => void;
}

/**
 * The announcement being written; kept in this browser for this person while it is not sent.
 * @param keep false once it was handed to the server: then nothing of it stays here, but for Undo on this page
 */
export function useDraft(personId: string, keep: boolean): DraftEditing {
  const [initial] = useState(() => readDraft(personId));
  const [current, setCurrent] = useState<Draft>(initial?.draft ?? emptyDraft());
  const [savedAt, setSavedAt] = useState(initial?.savedAt);
  const latest = useRef<Draft>(current);
  latest.current = keep ? current : emptyDraft();

  useEffect(() => {
    if (keep && current === initial?.draft) return;
    const save = (): void => setSavedAt(writeDraft(personId, latest.current));
    const timer = setTimeout(save, keep ? SAVE_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [current, initial, personId, keep]);

  // A page that is left within that time keeps the last words too.
  useEffect(() => {
    const saveNow = (): void => void writeDraft(personId, latest.current);
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, [personId]);

  const change = useCallback((part: Partial<Draft>) => setCurrent((was) => ({ ...was, ...part })), []);
  const discard = useCallback(() => setCurrent(emptyDraft()), []);
  return { draft: current, savedAt, change, discard };
}
