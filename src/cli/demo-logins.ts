import { assign } from '../client/organization.ts';
import { addPerson } from '../directory/people.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { keepAccount } from '../identity/accounts.ts';
import { newPassphrase } from '../identity/passphrase.ts';
import type { Opened } from './open.ts';
import type { Staged } from './stage-play.ts';

/** A way into the demo's console. */
export interface DemoLogin {
  readonly login: string;
  readonly person: PersonRef;
  /** What they look after, in words. */
  readonly is: string;
}

/** Who of the worked example looks at it from where; the administrator is added, since none acts in it. */
const seats: readonly (readonly [login: string, word: string, is: string])[] = [
  ['hr', 'dana', 'HR partner'],
  ['manager', 'grace', 'hiring manager'],
  ['supervisor', 'marisol', 'supervisor'],
  ['employee', 'c102', 'person in a peer role'],
];

async function administrator({ office }: Opened): Promise<PersonRef> {
  const { org, pool, keys } = office;
  const ref = `prs_${opaque(`${org}|demo administrator`)}`;
  const made = await addPerson(pool, keys, { org, ref, name: 'Iris Keller', email: null });
  if (made === 'added')
    await assign(office, [{ person: ref, capacity: 'administrator', scope: org }], {
      decisionId: 'demo-administrator',
      actor: 'installation',
    });
  return ref;
}

/** Five logins with one new passphrase. @returns them, and the passphrase, which is kept nowhere */
export async function demoLogins(
  opened: Opened,
  { cast }: Staged,
): Promise<{ readonly logins: readonly DemoLogin[]; readonly passphrase: string }> {
  const admin: DemoLogin = { login: 'admin', person: await administrator(opened), is: 'administrator' };
  const logins = [...seats.map(([login, word, is]) => ({ login, person: cast.person(word), is })), admin];
  const passphrase = newPassphrase();
  const store = { org: opened.installation.org, pool: opened.pool };
  for (const { login, person } of logins) await keepAccount(store, login, person, passphrase);
  return { logins, passphrase };
}
