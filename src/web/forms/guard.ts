import { useQuery } from '@tanstack/react-query';
import { ask } from '../app/api.ts';
import type { Found } from '../app/types.ts';
import { useQuiet } from './sending.ts';

interface Read {
  readonly list: readonly { readonly id: string; readonly findings: Found['findings'] }[];
}

/** What is shorter than this is not a thought yet. */
const LEAST = 4;

/** What the guard of a surface says of a text, a moment after the last key. Nothing is kept of it. */
export function useGuard(surface: string | null, text: string): Found['findings'] {
  const quiet = useQuiet(text);
  const found = useQuery({
    queryKey: ['guard', surface, quiet],
    queryFn: () => ask<Read>('POST', '/guard', { surface, texts: [{ id: 'text', text: quiet }] }),
    enabled: surface !== null && quiet.trim().length >= LEAST,
    ...{ gcTime: 0, staleTime: Infinity, retry: false },
  });
  return text.trim().length < LEAST ? [] : (found.data?.list[0]?.findings ?? []);
}
