import { readFileSync } from 'node:fs';
import type { HouseActor } from '../client/organization.ts';
import { accountsOf } from '../identity/accounts.ts';
import { identitiesOf } from '../identity/identities.ts';
import type { IdentityStore } from '../identity/sessions.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId } from './ids.ts';
import { table } from './io.ts';
import type { Io } from './io.ts';
import { endLogin, giveLogin, linkLogin, signOutEverywhere } from './logins.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';

const storeOf = ({ installation, pool }: Opened): IdentityStore => ({ org: installation.org, pool });

/** Whoever has the shell acts as the installation. */
const shell = (): HouseActor => ({ decisionId: newId('hsd_'), actor: 'installation' });

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

/** `account add`: a login for a person, or a new passphrase for the login they have, to change when they first sign in. */
export async function accountAdd(io: Io, login: string, options: AccountAddOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const given = options.passwordFile === undefined ? undefined : passwordIn(options.passwordFile);
    const made = given === undefined;
    const password = await giveLogin(opened.office, shell(), login, options.person, given);
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
    await endLogin(opened.office, shell(), login);
    if (options.json === true) io.out(JSON.stringify({ is: 'done', login }));
    else io.out(`${login}: taken away; nobody is signed in with it any more`);
    return EXIT.done;
  });
}

/** `account link`: who came through the provider under a code is this person. */
export async function accountLink(io: Io, code: string, options: AccountAddOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    if (!(await linkLogin(opened.office, shell(), code, options.person)))
      throw new Stop(EXIT.refused, 'unknown_code', `Nobody waits under the code ${code.slice(0, 20)}.`);
    if (options.json === true) io.out(JSON.stringify({ is: 'done', code, person: options.person }));
    else io.out(`${options.person}: may sign in through the provider now`);
    return EXIT.done;
  });
}

/** `account sign-out`: ends a person's sessions, tokens and calendar address; their way to sign in stays. */
export async function accountSignOut(io: Io, person: string, options: Common): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    await signOutEverywhere(opened.office, shell(), person);
    if (options.json === true) io.out(JSON.stringify({ is: 'done', person }));
    else io.out(`${person}: signed out everywhere; no token of theirs holds any more`);
    return EXIT.done;
  });
}
