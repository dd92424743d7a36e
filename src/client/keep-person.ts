import { pagesMoved } from './links/page-token.ts';
import { addPerson, changePerson } from '../directory/people.ts';
import type { NewPerson, PersonChanges } from '../directory/people.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { HouseEvent } from '../ledger/house-append.ts';
import type { HouseActor, Office } from './organization.ts';

const actOf = ({ decisionId, actor, how = 'asserted_local' }: HouseActor, event: HouseEvent) => ({
  ...{ decisionId, actor, how, capacity: '', events: [event] },
});

/**
 * Puts somebody into the directory; the ledger keeps who did, by ref.
 * @returns `present` when the same details stand there already, which leaves no row
 * @throws FieldInvalid, PersonConflict, KeyErased
 */
export async function addToDirectory(
  office: Office,
  wanted: Omit<NewPerson, 'org'>,
  by: HouseActor,
): Promise<'added' | 'present'> {
  const { org, pool, keys } = office;
  const whole = { ...wanted, org };
  const there = await pool.query('select 1 from persons where org = $1 and ref = $2', [org, wanted.ref]);
  if (there.rows.length > 0) return addPerson(pool, keys, whole);
  const event = { stream: 'assignment', kind: 'person_added', body: { person: wanted.ref } } as const;
  let is: 'added' | 'present' = 'present';
  await houseAppend(pool, org, actOf(by, event), async (client) => {
    is = await addPerson(client, keys, whole);
  });
  return is;
}

/**
 * Changes what the directory knows of somebody; the ledger keeps who did and which fields, never what stood or stands
 * there. With another mail address, the answers that lie in the old mailbox answer nothing any more, and its pages open none.
 * @throws FieldInvalid, PersonUnknown, KeyErased
 */
export async function changeInDirectory(
  office: Office,
  person: PersonRef,
  changes: PersonChanges,
  by: HouseActor,
): Promise<void> {
  const { org, pool, keys } = office;
  const fields = Object.keys(changes).toSorted();
  if (fields.length === 0) return changePerson(pool, keys, org, person, changes);
  const event = { stream: 'assignment', kind: 'person_changed', body: { person, fields } } as const;
  await houseAppend(pool, org, actOf(by, event), async (client, at) => {
    await changePerson(client, keys, org, person, changes);
    if (!fields.includes('email')) return;
    await client.query(
      `update links set revoked_at = $3 where org = $1 and person = $2 and purpose = 'answer' and revoked_at is null`,
      [org, person, at],
    );
    await pagesMoved({ org, keys, pool: client }, person, (changes.email ?? null) !== null);
  });
}
