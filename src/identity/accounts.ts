import { endSessions } from './sessions.ts';
import type { IdentityStore } from './sessions.ts';
import { passwordFits, sealPassword } from './secrets.ts';

/** What a person types to sign in on this machine. Letters, digits, `.`, `_`, `-`: an opaque word, no mail address. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const LEAST = 12;
const MOST = 200;

/** A login or password this installation does not take. */
export class AccountInvalid extends Error {
  readonly code:
    'login_invalid' | 'password_too_short' | 'password_too_long' | 'login_taken' | 'unknown_login';
  constructor(code: AccountInvalid['code']) {
    const texts = {
      login_invalid: 'A login has 2 to 40 small letters, digits, dots, dashes or underscores.',
      password_too_short: `A password has at least ${LEAST} characters; a few words in a row make a good one.`,
      password_too_long: `A password has at most ${MOST} characters.`,
      login_taken: 'This login belongs to somebody else already.',
      unknown_login: 'There is no such login.',
    } as const;
    super(texts[code]);
    this.name = 'AccountInvalid';
    this.code = code;
  }
}

function checked(login: string, password: string): void {
  if (!LOGIN.test(login)) throw new AccountInvalid('login_invalid');
  if (Array.from(password).length < LEAST) throw new AccountInvalid('password_too_short');
  if (password.length > MOST) throw new AccountInvalid('password_too_long');
}

/** Gives a person a login, or a new password to the login they have. Their sessions end. @throws AccountInvalid */
export async function keepAccount(
  store: IdentityStore,
  login: string,
  person: string,
  password: string,
): Promise<void> {
  checked(login, password);
  const { rowCount } = await store.pool.query(
    `insert into accounts (org, login, person, secret) values ($1, $2, $3, $4)
     on conflict (org, login) do update set secret = excluded.secret, disabled_at = null
     where accounts.person = excluded.person`,
    [store.org, login, person, await sealPassword(password)],
  );
  if (rowCount === 0) throw new AccountInvalid('login_taken');
  await endSessions(store, person);
}

/** @returns the person of a login and password; null for a wrong one, an unknown one, a disabled one alike */
export async function personOfLogin(
  { org, pool }: IdentityStore,
  login: string,
  password: string,
): Promise<string | null> {
  const { rows } = await pool.query<{ person: string; secret: string | null }>(
    `select a.person, a.secret from accounts a join persons p on p.org = a.org and p.ref = a.person
     where a.org = $1 and a.login = $2 and a.disabled_at is null and p.erased_at is null`,
    [org, login],
  );
  const [account] = rows;
  const fits = await passwordFits(password.slice(0, MOST + 1), account?.secret ?? null);
  return fits ? (account?.person ?? null) : null;
}

/** True when this password is the signed-in person's own: for showing again who is there. */
export async function passwordOf(
  { org, pool }: IdentityStore,
  person: string,
  password: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ secret: string | null }>(
    'select secret from accounts where org = $1 and person = $2 and disabled_at is null and secret is not null',
    [org, person],
  );
  if (rows.length === 0) return passwordFits(password, null);
  for (const { secret } of rows) if (await passwordFits(password, secret)) return true;
  return false;
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

/** Takes a login away; its person's sessions end. @throws AccountInvalid for an unknown one */
export async function disableAccount(store: IdentityStore, login: string): Promise<void> {
  const { rows } = await store.pool.query<{ person: string }>(
    'update accounts set disabled_at = coalesce(disabled_at, now()) where org = $1 and login = $2 returning person',
    [store.org, login],
  );
  const [account] = rows;
  if (account === undefined) throw new AccountInvalid('unknown_login');
  await endSessions(store, account.person);
}
