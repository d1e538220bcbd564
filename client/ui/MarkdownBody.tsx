import type { ReactNode } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** No images: they would report who reads, and break the layout. No raw HTML at all. */
const allowed = [
  'p',
  'br',
  'strong',
  'em',
  'del',
  'ul',
  'ol',
  'li',
  'a',
  'code',
  'pre',
  'blockquote',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
];

/** The host of an address that leaves this site, so that nobody follows a link blindly. */
function foreignHost(href: string | undefined): string | undefined {
  if (href === undefined || !/^https?:/i.test(href)) return undefined;
  try {
    const { host } = new URL(href);
    return host === window.location.host ? undefined : host;
  } catch {
    return undefined;
  }
}

const components: Components = {
  a: ({ href, children }) => {
    const host = foreignHost(href);
    const says = typeof children === 'string' && host !== undefined && children.includes(host);
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
        {host !== undefined && !says && <span> ({host})</span>}
      </a>
    );
  },
  // The page has an h1 and sections of its own; a text inside begins below them.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
};

const plugins: NonNullable<Options['remarkPlugins']> = [remarkGfm];

export default function MarkdownBody({ text }: { text: string }): ReactNode {
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      allowedElements={allowed}
      unwrapDisallowed
      skipHtml
      components={components}
    >
      {text}
    </ReactMarkdown>
  );
}
