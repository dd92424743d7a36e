import { useQuery } from '@tanstack/react-query';
import { boardQuery, subjectsQuery } from '../app/queries.ts';
import { shortRef } from '../app/words.ts';
import { runningIn } from '../forms/case-fields.ts';
import type { Draft } from '../forms/drafts.ts';
import type { Layout } from '../forms/layout.ts';

interface Entry {
  readonly candidacy: string;
}

/** Everybody in the running of a search, as the form of a decision about all of them begins with them. */
export interface Running {
  readonly prefill: Readonly<Record<string, readonly Entry[]>>;
  /** What each is called, by the application. */
  readonly names: Readonly<Record<string, string>>;
}

const nobody: Running = { prefill: {}, names: {} };

/** What was said of each in a draft stays; whoever left since is gone from it, and who came back has an empty entry. */
function entriesOf(ids: readonly string[], before: unknown): readonly Entry[] {
  const kept = Array.isArray(before) ? (before as readonly Partial<Entry>[]) : [];
  return ids.map((candidacy) => ({
    ...{ candidacy, reasons: [] },
    ...kept.find((one) => one.candidacy === candidacy),
  }));
}

/**
 * Whom a decision on everybody of a search is about (D4.5, D4.7): null while it loads, nobody where a form asks of no such list.
 * @param id the search
 */
export function useRunning(
  id: string,
  layout: Layout | null,
  draft: Draft | null | undefined,
): Running | null {
  const fields = Object.entries(layout?.fields ?? {}).flatMap(([name, one]) => (one.each ? [name] : []));
  const enabled = fields.length > 0;
  const subjects = useQuery({ ...subjectsQuery, enabled });
  const board = useQuery({ ...boardQuery({ kind: 'candidacy', all: true }), enabled });
  if (!enabled) return nobody;
  if (subjects.data === undefined || board.data === undefined) return null;
  const known = new Map(subjects.data.list.map((one) => [one.case, one]));
  const ids = runningIn(id, board.data.list, (one) => known.get(one)?.search ?? null);
  const before = (draft?.draft.value ?? {}) as Readonly<Record<string, unknown>>;
  return {
    prefill: Object.fromEntries(fields.map((name) => [name, entriesOf(ids, before[name])])),
    names: Object.fromEntries(ids.map((one) => [one, known.get(one)?.name ?? shortRef(one)])),
  };
}
