import { useEffect, useRef } from 'react';
import type { Editor } from './use-editor.ts';

/** Ctrl or Cmd with Z undoes, with Shift or as Ctrl Y redoes. In a field the keys belong to the field. */
export function useUndoKeys(editor: Editor): void {
  const latest = useRef(editor);
  latest.current = editor;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const target = event.target instanceof Element ? event.target : document.body;
      if ((key !== 'z' && key !== 'y') || target.closest('input, textarea, dialog') !== null) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) latest.current.redo();
      else latest.current.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
