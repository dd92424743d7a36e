import type { Site } from '../app/queries.ts';
import type { Listed } from '../app/types.ts';

/** Who is asked about a role: whoever is of the team at the place, as the directory has it. */
const team = ['program_leader', 'team_leader', 'adviser', 'team_member'] as const;

function members(people: readonly Listed[], site: string | undefined) {
  return people.flatMap(({ person, erased, capacities }) => {
    const held = team.find((one) =>
      capacities.some(({ capacity, scope }) => capacity === one && (site === undefined || scope === site)),
    );
    return erased || held === undefined ? [] : [{ person, capacity: held }];
  });
}

/** What is known already when a case begins: the only place there is, the team that is asked, the usual kind of role. */
export function knownAtStart(
  kind: string,
  type: string,
  { people, sites }: { readonly people: readonly Listed[]; readonly sites: readonly Site[] },
): Readonly<Record<string, unknown>> {
  const site = sites.length === 1 ? sites[0]?.site : undefined;
  const place = site === undefined ? {} : { site };
  switch (`${kind}/${type}`) {
    case 'role/open':
      return { ...place, kind: 'peer', members: members(people, site) };
    case 'candidacy/open':
      return { ...place, attested: false };
    default:
      return kind === 'clock' ? {} : place;
  }
}
