import { readerOf } from '../client/ask-reader.ts';
import type { ReadingOffice } from '../client/ask-reader.ts';
import type { HouseActor } from '../client/organization.ts';
import { AccountInvalid, accountsOf, disableAccount, putAccount, secretFor } from '../identity/accounts.ts';
import { identitiesOf, linkIdentity } from '../identity/identities.ts';
import { tellPerson } from '../directory/house-mail.ts';
import { newPassphrase } from '../identity/passphrase.ts';
import { endAccess } from '../identity/sessions.ts';
import { houseAppend } from '../ledger/house-append.ts';

/**
 * Who may come in is an act of the house: it stands in the ledger with who did it and whom it is about, by ref. Whoever
 * keeps the logins could otherwise come in as anybody, and nobody would see it.
 */
type LoginEvent = 'login_given' | 'login_ended' | 'login_linked' | 'access_ended';

const actOf = (by: HouseActor, kind: LoginEvent, person: string) => ({
  ...{ decisionId: by.decisionId, actor: by.actor, capacity: '' },
  how: by.how ?? (by.actor === 'installation' ? 'installation' : 'asserted_local'),
  events: [{ stream: 'access' as const, kind, body: { person } }],
});

/**
 * Gives a person a login, or their login a new passphrase, which they change when they first sign in.
 * @param given the passphrase, where somebody brings one; else it is made here
 * @returns the passphrase, which is kept nowhere. @throws AccountInvalid, ReadingRefused for a person who is not there
 */
export async function giveLogin(
  office: ReadingOffice,
  by: HouseActor,
  login: string,
  person: string,
  given?: string,
): Promise<string> {
  const { org, pool } = office;
  await readerOf(office, person);
  const passphrase = given ?? newPassphrase();
  const secret = await secretFor(passphrase);
  await houseAppend(pool, org, actOf(by, 'login_given', person), async (client) => {
    await putAccount({ org, pool: client }, login, person, secret, true);
    await tellPerson(client, org, person, 'login_given');
  });
  return passphrase;
}

/**
 * Whoever waits under a code of the provider is this person from now on.
 * @returns false for a code nobody waits under. @throws ReadingRefused for a person who is not there
 */
export async function linkLogin(
  office: ReadingOffice,
  by: HouseActor,
  code: string,
  person: string,
): Promise<boolean> {
  const { org, pool } = office;
  await readerOf(office, person);
  const waiting = (await identitiesOf({ org, pool })).some((one) => one.code === code && one.person === null);
  if (!waiting) return false;
  await houseAppend(pool, org, actOf(by, 'login_linked', person), async (client) => {
    if (!(await linkIdentity({ org, pool: client }, code, person))) throw new AccountInvalid('unknown_login');
    await tellPerson(client, org, person, 'login_linked');
  });
  return true;
}

/** Takes a login away; every way in its person had ends. @throws AccountInvalid for an unknown one */
export async function endLogin(office: ReadingOffice, by: HouseActor, login: string): Promise<void> {
  const { org, pool } = office;
  const found = (await accountsOf({ org, pool })).find((one) => one.login === login);
  if (found === undefined) throw new AccountInvalid('unknown_login');
  await houseAppend(pool, org, actOf(by, 'login_ended', found.person), async (client) => {
    await disableAccount({ org, pool: client }, login);
  });
}

/** Signs a person out everywhere: sessions, tokens, the address of their calendar. Their login stays. */
export async function signOutEverywhere(
  office: ReadingOffice,
  by: HouseActor,
  person: string,
): Promise<void> {
  const { org, pool } = office;
  await readerOf(office, person);
  await houseAppend(pool, org, actOf(by, 'access_ended', person), async (client) =>
    endAccess({ org, pool: client }, person),
  );
}
