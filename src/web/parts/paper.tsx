import { useEffect, useRef } from 'react';
import { Markdown } from './markdown.tsx';

/** A document to read and to print; whoever asked for it reads on there. */
export function Paper({ title, text }: { readonly title: string; readonly text: string }) {
  const top = useRef<HTMLElement>(null);
  useEffect(() => top.current?.focus(), [text]);
  return (
    <article className="paper" aria-label={title} tabIndex={-1} ref={top}>
      <Markdown text={text} />
      <p className="buttons no-print">
        <button type="button" className="button" onClick={() => globalThis.print()}>
          Print
        </button>
      </p>
    </article>
  );
}
