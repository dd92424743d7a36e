import { ownWords, MOVED } from '../domain/standins.ts';
import type { DigestLine } from '../notify/mail-facts.ts';
import { textKey } from '../notify/prompt-texts.ts';
import { groupOf, refOf } from './lines.ts';
import { apartItems, ownItems } from './own-case.ts';
import type { Ports } from './ports.ts';

/** What is read of a row of `prompts` that tells a stand-in what moved to them. */
interface Told {
  readonly obligation: string;
  readonly code: string;
  /** The stand-in. */
  readonly owner: string;
}

export const tellsOfMoved = ({ code }: Told): boolean => code === MOVED;

/**
 * The open items that a stand-in answers from now on: what the absent person was asked and has not done, in their own
 * name or by a capacity of theirs. Of a confidential one only that there is one.
 * @returns nothing once the absence is over
 */
export async function movedLines(
  ports: Ports,
  row: Told,
  now: number,
  zone: string,
): Promise<readonly DigestLine[]> {
  const { rows } = await ports.pool.query<{
    case_id: string;
    owner: string;
    id: string;
    code: string;
    due: number;
    visibility: string;
    spoke: readonly string[] | null;
  }>(
    `select o.case_id, o.owner, o.id, o.code, o.due, o.visibility, o.spoke from delegations d
     join obligations o on o.org = d.org and o.reminded > 0 and o.code <> all ($4::text[])
     where d.org = $1 and d.id = $2 and (d.until_at is null or d.until_at > $3)
       and (o.owner = d.absent or o.owner in (select a.capacity || '@' || a.scope from assignments a
         where a.org = d.org and a.person = d.absent and a.from_at <= $3 and (a.to_at is null or a.to_at > $3)
           and not exists (select 1 from assignments b where b.org = a.org and b.capacity = a.capacity
             and b.scope = a.scope and b.from_at <= $3 and (b.to_at is null or b.to_at > $3)
             and (b.from_at, b.person) < (a.from_at, a.person))))
     order by o.due, o.case_id, o.id`,
    [ports.org, row.obligation, now, ownWords],
  );
  const own = await ownItems(ports, rows);
  const apart = await apartItems(ports, row.owner, rows);
  const moved = rows.filter((one) => !own(one) && !apart(one));
  return moved.map(({ case_id: caseId, id, code, due, visibility }) => ({
    group: groupOf(due, { now, zone }),
    ...{ prompt: textKey(code, id), ref: refOf(caseId), due, confidential: visibility === 'C3' },
  }));
}
