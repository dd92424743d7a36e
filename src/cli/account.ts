import { readFileSync } from 'node:fs';
import { readerOf } from '../client/ask-reader.ts';
import { accountsOf, disableAccount, keepAccount } from '../identity/accounts.ts';
import { identitiesOf, linkIdentity } from '../identity/identities.ts';
import { newPassphrase } from '../identity/passphrase.ts';
import type { IdentityStore } from '../identity/sessions.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';

const storeOf = ({ installation, pool }: Opened): IdentityStore => ({ org: installation.org, pool });

export interface AccountAddOptions extends Common {
  readonly person: string;
  readonly passwordFile?: string | undefined;
}

function passwordIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Stop(EXIT.usage, 'usage', `The file ${path} cannot be read.`);
  }
}

/** `account add`: a login for a person, or a new password for the login they have; their sessions end. */
export async function accountAdd(io: Io, login: string, options: AccountAddOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    await readerOf(opened.office, options.person);
    const made = options.passwordFile === undefined;
    const password = options.passwordFile === undefined ? newPassphrase() : passwordIn(options.passwordFile);
    await keepAccount(storeOf(opened), login, options.person, password);
    // Shown here and nowhere else: only a hash of it is kept.
    const shown = made ? { password } : {};
    if (options.json === true) io.out(JSON.stringify({ login, person: options.person, ...shown }));
    else io.out(made ? `${login}: the password is ${password}` : `${login}: the password is as given`);
    return EXIT.done;
  });
}

/** `account list`: logins, and those who came through the provider. */
export async function accountList(io: Io, options: Common): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const [accounts, identities] = await Promise.all([
      accountsOf(storeOf(opened)),
      identitiesOf(storeOf(opened)),
    ]);
    if (options.json === true) {
      io.out(JSON.stringify({ accounts, identities }));
      return EXIT.done;
    }
    const logins = accounts.map((one) => [one.login, one.person, one.disabled ? 'taken away' : 'good']);
    const others = identities.map((one) => [
      `(provider) ${one.code}`,
      one.person ?? '',
      one.person === null ? 'waits to be linked' : 'linked',
    ]);
    io.out(table(io, ['login', 'person', 'is'], [...logins, ...others]));
    return EXIT.done;
  });
}

/** `account remove`: takes a login away; its person's sessions end at once. */
export async function accountRemove(io: Io, login: string, options: Common): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    await disableAccount(storeOf(opened), login);
    if (options.json === true) io.out(JSON.stringify({ is: 'done', login }));
    else io.out(`${login}: taken away; nobody is signed in with it any more`);
    return EXIT.done;
  });
}

/** `account link`: who came through the provider under a code is this person. */
export async function accountLink(io: Io, code: string, options: AccountAddOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    await readerOf(opened.office, options.person);
    if (!(await linkIdentity(storeOf(opened), code, options.person)))
      throw new Stop(EXIT.refused, 'unknown_code', `Nobody waits under the code ${code.slice(0, 20)}.`);
    if (options.json === true) io.out(JSON.stringify({ is: 'done', code, person: options.person }));
    else io.out(`${options.person}: may sign in through the provider now`);
    return EXIT.done;
  });
}
