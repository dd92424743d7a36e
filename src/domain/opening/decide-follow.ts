import type { Context } from '../kernel/decider.ts';
import { blocked, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Of } from './decide-posting.ts';

/** X4 on a new opening: the failed search was looked at, and unless the description changes the version is the same. */
export function followsFailed(ask: Of<'open'>, ctx: Context): Refusal | null {
  const { after, role, roleVersion } = ask.command.payload;
  if (after === undefined) return null;
  const [before, version] = ctx.facts.get('opening_role', after)?.value.split(',') ?? [];
  if (before !== role) return refuse('unknown_reference', 'X4', [{ code: 'opening_role', about: after }]);
  const next = ctx.facts.get('search_next', after)?.value;
  if (next === undefined || next === 'no_new_search')
    return blocked('X4', { code: 'what_it_lacked', about: after });
  if (next !== 'revise_description' && version !== String(roleVersion))
    return blocked('X4', { code: 'same_version', about: version ?? '' });
  return null;
}
