import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { card } from '../../contracts/api/reading.ts';
import { ask, query } from '../app/api.ts';

/** Why something is asked: what is often thought, what is so, what to do now. Opened when somebody wants to know. */
export function Learn({ topic }: { readonly topic: string }) {
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['learn', topic],
    queryFn: () =>
      ask<{ readonly list: readonly z.output<typeof card>[] }>('GET', `/learn${query({ topic })}`),
    enabled: open,
    ...{ staleTime: Infinity, retry: false },
  });
  return (
    <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Why {topic} asks for this</summary>
      {found.isError || found.data?.list.length === 0 ? (
        <p className="fine">There is no card about it yet.</p>
      ) : null}
      {found.data?.list.map((one) => (
        <div key={one.id} className="learn">
          <h3>{one.title}</h3>
          <p>
            <strong>Often thought:</strong> {one.think}
          </p>
          <p>
            <strong>What is so:</strong> {one.so}
          </p>
          <p>
            <strong>Now:</strong> {one.doNow}
          </p>
        </div>
      ))}
    </details>
  );
}
