import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isOfCases } from '../app/live.ts';
import { useEffect, useState } from 'react';
import { ask, askWhole } from '../app/api.ts';
import type { Decided } from '../app/types.ts';
import { newId } from '../app/words.ts';
import { pruned } from './shape.ts';
import type { Value } from './shape.ts';

const QUIET_MS = 700;

/** A command as it is asked of a case; the same decision id whenever it is asked again. */
export interface Asking {
  readonly case: string;
  readonly type: string;
  readonly value: Value;
  readonly acknowledge: readonly string[];
  readonly onBehalfOf?: string | undefined;
  /** How far the case had come when it was looked at: what was proposed since is not what one says yes to. */
  readonly seen?: number | undefined;
}

function bodyOf(decisionId: string, { case: id, type, value, acknowledge, onBehalfOf, seen }: Asking) {
  return {
    ...{ decisionId, case: id, type, payload: pruned(value) ?? {} },
    ...(acknowledge.length === 0 ? {} : { acknowledge }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(seen === undefined ? {} : { about: { subject: 'case', version: seen } }),
  };
}

/** The value as it was a moment ago: while somebody types, nothing is asked. */
export function useQuiet<T>(value: T): T {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
}

/** What the command would come to as it stands, asked of the rules themselves. Nothing is changed by it. */
export function useForeseen(asking: Asking, complete: boolean) {
  const [probe] = useState(() => newId('dec_'));
  const now = JSON.stringify(asking);
  const quiet = useQuiet(now);
  return useQuery({
    queryKey: ['foreseen', quiet],
    queryFn: async ({ signal }) => {
      const body = bodyOf(probe, JSON.parse(quiet) as Asking);
      return (await askWhole<Decided>('POST', '/decisions?dryRun=true', body, {}, signal)).value;
    },
    enabled: complete && quiet === now,
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  });
}

/** Sends the command; the same decision id until it is done, so that pressing twice is one decision. */
export function useDecide(onDone: (done: Decided) => void) {
  const client = useQueryClient();
  const [decisionId] = useState(() => newId('dec_'));
  return useMutation({
    mutationFn: (asking: Asking) => ask<Decided>('POST', '/decisions', bodyOf(decisionId, asking)),
    onSuccess: (done) => {
      onDone(done);
      void client.invalidateQueries({ predicate: isOfCases });
    },
  });
}
