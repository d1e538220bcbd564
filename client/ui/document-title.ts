import { useEffect } from 'react';

/** Parts of the window's title: `(2) Boards · Harbour Ops`. */
const parts = { unread: 0, page: '', place: 'Callboard' };

function paint(): void {
  const count = parts.unread > 0 ? `(${parts.unread}) ` : '';
  document.title = `${count}${parts.page === '' ? '' : `${parts.page} · `}${parts.place}`;
}

/** The page's part. PageHead does it for pages that have one. */
export function useDocumentTitle(page: string): void {
  useEffect(() => {
    parts.page = page;
    paint();
  }, [page]);
}

/** The parts that are the same on every page. */
export function setTitleFrame(frame: { unread?: number; place?: string }): void {
  Object.assign(parts, frame);
  paint();
}
