import { assign } from '../client/organization.ts';
import { addPerson } from '../directory/people.ts';
import { opaque } from '../domain/kernel/digest.ts';
import { providerSettings } from '../identity/provider.ts';
import type { Env } from '../local/home.ts';
import { newId } from './ids.ts';
import { giveLogin } from './logins.ts';
import type { Opened } from './open.ts';

/** The way in of whoever sets a new installation up. */
export interface FirstLogin {
  readonly login: string;
  readonly passphrase: string;
}

const LOGIN = 'admin';

/** True while nobody is in the directory but, from an earlier start, that administrator, who never came in. */
async function untouched({ pool, office }: Opened, person: string): Promise<boolean> {
  const { rows } = await pool.query<{ others: boolean; came: boolean }>(
    `select exists (select 1 from persons where org = $1 and ref <> $2) as others,
       exists (select 1 from accounts where org = $1 and (person <> $2 or once_until is null)) as came`,
    [office.org, person],
  );
  return rows[0]?.others === false && !rows[0].came;
}

/**
 * Gives an empty installation an administrator with a login, so that it can be set up in the console; a new passphrase at
 * each start until they came in. Where people sign in through a provider, its groups say who they are.
 * @returns null where somebody is there already
 */
export async function firstLogin(opened: Opened, env: Env): Promise<FirstLogin | null> {
  const { office, pool, installation } = opened;
  const { org, keys } = office;
  const person = `prs_${opaque(`${org}|first administrator`)}`;
  if (installation.sandbox || providerSettings(env) !== null) return null;
  if (!(await untouched(opened, person))) return null;
  const actor = 'installation';
  const made = await addPerson(pool, keys, { org, ref: person, name: 'Administrator', email: null });
  if (made === 'added') {
    const list = [{ person, capacity: 'administrator' as const, scope: org }];
    await assign(office, list, { decisionId: `hsd_${opaque(`${org}|first administrator`)}`, actor });
  }
  const by = { decisionId: newId('hsd_'), actor };
  return { login: LOGIN, passphrase: await giveLogin(office, by, LOGIN, person) };
}
