import { useState } from 'react';
import type { ReactNode } from 'react';

/** A secret that is shown here and nowhere else: to copy, and then to put away. */
export function ShownOnce({
  name,
  value,
  children,
  onClose,
}: {
  readonly name: string;
  readonly value: string;
  readonly children?: ReactNode;
  readonly onClose: () => void;
}) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="note note-missing" role="status">
      <p className="note-title">{name}: shown here only</p>
      <p>
        <code className="hash">{value}</code>
      </p>
      {children === undefined ? null : <p>{children}</p>}
      <p className="buttons">
        <button type="button" className="button" onClick={copy}>
          {copied === true ? 'Copied' : copied === false ? 'Mark and copy it by hand' : 'Copy'}
        </button>
        <button type="button" className="button" onClick={onClose}>
          I have it, put it away
        </button>
      </p>
    </div>
  );
}
