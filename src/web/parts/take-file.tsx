import { useState } from 'react';
import { fetchText } from '../app/api.ts';
import { useAct } from './act.tsx';

/** Something to take along as a file. It is made when asked for, and asks first to show who is there, where it has to. */
export function TakeFile({
  words,
  from,
  name,
  type,
}: {
  readonly words: string;
  /** Where the interface gives it. */
  readonly from: string;
  readonly name: string;
  readonly type: string;
}) {
  const [made, setMade] = useState<{ readonly from: string; readonly url: string } | null>(null);
  const { act, stepUp, fault } = useAct(
    () => fetchText(from),
    (text) => setMade({ from, url: URL.createObjectURL(new Blob([text], { type })) }),
  );
  return (
    <>
      {fault}
      <div role="status">
        {made?.from === from ? (
          <p className="note note-ready">
            The file is ready.{' '}
            <a href={made.url} download={name}>
              Save {name}
            </a>
          </p>
        ) : null}
      </div>
      <p className="buttons no-print">
        <button type="button" className="button" disabled={act.isPending} onClick={() => act.mutate()}>
          {act.isPending ? 'Making the file …' : words}
        </button>
      </p>
      {stepUp}
    </>
  );
}
