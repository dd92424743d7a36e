import { endAccess } from './sessions.ts';
import type { IdentityStore } from './sessions.ts';
import { passwordFits, sealPassword } from './secrets.ts';

/** What a person types to sign in on this machine. Letters, digits, `.`, `_`, `-`: an opaque word, no mail address. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const LEAST = 12;
const MOST = 200;

/** A login or password this installation does not take. */
export class AccountInvalid extends Error {
  readonly code:
    | 'login_invalid'
    | 'password_too_short'
    | 'password_too_long'
    | 'login_taken'
    | 'unknown_login'
    | 'has_login'
    | 'no_login'
    | 'same_password';
  constructor(code: AccountInvalid['code']) {
    const texts = {
      login_invalid: 'A login has 2 to 40 small letters, digits, dots, dashes or underscores.',
      password_too_short: `A password has at least ${LEAST} characters; a few words in a row make a good one.`,
      password_too_long: `A password has at most ${MOST} characters.`,
      login_taken: 'This login belongs to somebody else already.',
      unknown_login: 'There is no such login.',
      has_login: 'This person has a login already. Give that one a new passphrase, or take it away first.',
      no_login: 'You have no login of this installation: your password is your provider’s.',
      same_password: 'This is the password you have. Choose another one.',
    } as const;
    super(texts[code]);
    this.name = 'AccountInvalid';
    this.code = code;
  }
}

/** What somebody typed as the login it means; null for what is none. Tries are counted under it, and it is looked up by it. */
export function loginOf(typed: string): string | null {
  const login = typed.trim().toLowerCase();
  return LOGIN.test(login) ? login : null;
}

function checked(password: string): void {
  if (Array.from(password).length < LEAST) throw new AccountInvalid('password_too_short');
  if (password.length > MOST) throw new AccountInvalid('password_too_long');
}

/** A passphrase given by somebody else is good for this long. */
const ONCE = `interval '3 days'`;

/**
 * Gives a person a login, or a new password to the login they have; nobody has two. Every way in they had ends.
 * @throws AccountInvalid
 */
export async function keepAccount(
  store: IdentityStore,
  login: string,
  person: string,
  password: string,
): Promise<void> {
  await putAccount(store, login, person, await secretFor(password), false);
}

/** What is kept of a password that is long enough. It takes a while: not to be waited for under a lock. @throws AccountInvalid */
export async function secretFor(password: string): Promise<string> {
  checked(password);
  return sealPassword(password);
}

/**
 * As {@link keepAccount}, with what is kept of the password made before.
 * @param once somebody else made the password: it opens nothing but choosing one's own. @throws AccountInvalid
 */
export async function putAccount(
  store: IdentityStore,
  login: string,
  person: string,
  secret: string,
  once: boolean,
): Promise<void> {
  if (!LOGIN.test(login)) throw new AccountInvalid('login_invalid');
  const other = await store.pool.query(
    'select 1 from accounts where org = $1 and person = $2 and login <> $3 and disabled_at is null',
    [store.org, person, login],
  );
  if (other.rows.length > 0) throw new AccountInvalid('has_login');
  const { rowCount } = await store.pool.query(
    `insert into accounts (org, login, person, secret, once_until)
     values ($1, $2, $3, $4, case when $5 then now() + ${ONCE} end)
     on conflict (org, login) do update set secret = excluded.secret, disabled_at = null, once_until = excluded.once_until
     where accounts.person = excluded.person`,
    [store.org, login, person, secret, once],
  );
  if (rowCount === 0) throw new AccountInvalid('login_taken');
  await endAccess(store, person);
}

/** Whom a login and password belong to, and whether the password is one to change before anything else. */
interface Known {
  readonly person: string;
  readonly once: boolean;
}

/** @returns null for a wrong one, an unknown one, a disabled one, one whose time is over alike */
export async function personOfLogin(
  { org, pool }: IdentityStore,
  login: string,
  password: string,
): Promise<Known | null> {
  const { rows } = await pool.query<Known & { secret: string | null }>(
    `select a.person, a.secret, a.once_until is not null as once from accounts a join persons p on p.org = a.org and p.ref = a.person
     where a.org = $1 and a.login = $2 and a.disabled_at is null and p.erased_at is null
       and (a.once_until is null or a.once_until > now())`,
    [org, login],
  );
  const [account] = rows;
  const fits = await passwordFits(password.slice(0, MOST + 1), account?.secret ?? null);
  return fits && account !== undefined ? { person: account.person, once: account.once } : null;
}

/** True when this password is the signed-in person's own: for showing again who is there. */
export async function passwordOf(
  { org, pool }: IdentityStore,
  person: string,
  password: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ secret: string | null }>(
    `select secret from accounts where org = $1 and person = $2 and disabled_at is null and secret is not null
       and once_until is null`,
    [org, person],
  );
  if (rows.length === 0) return passwordFits(password, null);
  for (const { secret } of rows) if (await passwordFits(password, secret)) return true;
  return false;
}

/**
 * A person's own password, chosen by themselves. Every way in they had ends, this moment's session too: begin a new one.
 * @throws AccountInvalid
 */
export async function chooseOwn(store: IdentityStore, person: string, password: string): Promise<void> {
  checked(password);
  const { rows } = await store.pool.query<{ login: string; secret: string | null }>(
    'select login, secret from accounts where org = $1 and person = $2 and disabled_at is null',
    [store.org, person],
  );
  const [account] = rows;
  if (account === undefined) throw new AccountInvalid('no_login');
  if (await passwordFits(password, account.secret)) throw new AccountInvalid('same_password');
  // Only over the secret that was looked at: of two who choose at once, one does.
  const { rowCount } = await store.pool.query(
    `update accounts set secret = $4, once_until = null
     where org = $1 and login = $2 and disabled_at is null and secret is not distinct from $3`,
    [store.org, account.login, account.secret, await sealPassword(password)],
  );
  if (rowCount === 0) throw new AccountInvalid('unknown_login');
  await endAccess(store, person);
}

export interface Account {
  readonly login: string;
  readonly person: string;
  readonly createdAt: number;
  readonly disabled: boolean;
}

/** Every login; whom it belongs to, by ref. */
export async function accountsOf({ org, pool }: IdentityStore): Promise<readonly Account[]> {
  const { rows } = await pool.query<Account>(
    `select login, person, (extract(epoch from created_at) * 1000)::bigint as "createdAt",
       disabled_at is not null as disabled from accounts where org = $1 order by login`,
    [org],
  );
  return rows;
}

/** Takes a login away; every way in its person had ends. @returns whose it was. @throws AccountInvalid for an unknown one */
export async function disableAccount(store: IdentityStore, login: string): Promise<string> {
  const { rows } = await store.pool.query<{ person: string }>(
    'update accounts set disabled_at = coalesce(disabled_at, now()) where org = $1 and login = $2 returning person',
    [store.org, login],
  );
  const [account] = rows;
  if (account === undefined) throw new AccountInvalid('unknown_login');
  await endAccess(store, account.person);
  return account.person;
}
