import { useQuery } from '@tanstack/react-query';
import { askWhole } from '../app/api.ts';
import type { Found } from '../app/types.ts';
import { stillOf } from '../parts/wording.ts';
import { useQuiet } from './sending.ts';

interface Read {
  readonly list: readonly { readonly id: string; readonly findings: Found['findings'] }[];
}

/** What is shorter than this is not a thought yet. */
const LEAST = 4;
/** What was read stays known this long: a text that is there again is not read again. */
const KNOWN_MS = 300_000;

/**
 * What the guard of a surface says of a text, a moment after the last key: of this text alone, and only once it is another.
 * While somebody types on, the question before is called off. Nothing is kept of it.
 */
export function useGuard(
  surface: string | null,
  text: string,
): {
  readonly findings: Found['findings'];
  readonly reading: boolean;
  /** True while the findings are of the text as it stands: only then may a wording take its place. */
  readonly current: boolean;
} {
  const quiet = useQuiet(text.trim());
  const enough = surface !== null && text.trim().length >= LEAST;
  const found = useQuery({
    queryKey: ['guard', surface, quiet],
    queryFn: async ({ signal }) => {
      const texts = [{ id: 'text', text: quiet }];
      return (await askWhole<Read>('POST', '/guard', { surface, texts }, {}, signal)).value;
    },
    enabled: enough && quiet.length >= LEAST,
    ...{ gcTime: KNOWN_MS, staleTime: Infinity, retry: false },
  });
  if (!enough) return { findings: [], reading: false, current: false };
  const findings = found.data?.list[0]?.findings ?? [];
  return { findings, reading: found.isFetching, current: stillOf(quiet, text) };
}
