import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { z } from 'zod';
import { capacities } from '../domain/kernel/words.ts';
import { hashOf } from './secrets.ts';
import type { IdentityStore } from './sessions.ts';

const group = z.strictObject({
  group: z.string().min(1).max(200),
  capacity: z.enum(capacities),
  /** A site or the organization. */
  scope: z.string().min(1).max(80),
});

/** How people sign in through the organization's own identity provider. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** The one algorithm its tokens are signed with. */
  readonly algorithm: string;
  /** The claim that lists a person's groups, and what a group makes of somebody here. */
  readonly groupsClaim: string;
  readonly groups: readonly z.output<typeof group>[];
}

/** The provider is set up in a way that cannot work; the message says which setting. */
export class ProviderMisconfigured extends Error {
  readonly code = 'provider_misconfigured';
  constructor(setting: string) {
    super(`${setting} is not what it must be; see the guide for administrators.`);
    this.name = 'ProviderMisconfigured';
  }
}

/** Signed with a key of the provider, never with one both sides know. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function fileIn(env: NodeJS.ProcessEnv, setting: string): string | null {
  const path = env[setting];
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ProviderMisconfigured(setting);
  }
}

function groupsIn(env: NodeJS.ProcessEnv): ProviderSettings['groups'] {
  const text = fileIn(env, 'PEER_HIRE_OIDC_GROUPS');
  try {
    return text === null ? [] : z.array(group).parse(JSON.parse(text));
  } catch {
    throw new ProviderMisconfigured('PEER_HIRE_OIDC_GROUPS');
  }
}

/**
 * Reads the settings from the environment; secrets only from files.
 * @returns null when no provider is set. @throws ProviderMisconfigured
 */
export function providerSettings(env: NodeJS.ProcessEnv): ProviderSettings | null {
  const issuer = env['PEER_HIRE_OIDC_ISSUER'];
  if (issuer === undefined || issuer === '') return null;
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url === null || (url.protocol !== 'https:' && !LOOPBACK.has(url.hostname)))
    throw new ProviderMisconfigured('PEER_HIRE_OIDC_ISSUER');
  const clientId = env['PEER_HIRE_OIDC_CLIENT_ID'];
  if (clientId === undefined || clientId === '') throw new ProviderMisconfigured('PEER_HIRE_OIDC_CLIENT_ID');
  const algorithm = env['PEER_HIRE_OIDC_ALGORITHM'] ?? 'RS256';
  if (!ALGORITHMS.includes(algorithm)) throw new ProviderMisconfigured('PEER_HIRE_OIDC_ALGORITHM');
  return {
    ...{ issuer, clientId, algorithm, clientSecret: fileIn(env, 'PEER_HIRE_OIDC_CLIENT_SECRET_FILE') },
    ...{ groupsClaim: env['PEER_HIRE_OIDC_GROUPS_CLAIM'] ?? 'groups', groups: groupsIn(env) },
  };
}

/** Who came back from the provider. */
export interface Arrived {
  readonly issuer: string;
  readonly subject: string;
  /** None where the provider lists none, as many do for somebody in no group; null for a list that cannot be read. */
  readonly groups: readonly string[] | null;
  /** When the provider saw them, in seconds since 1970; null where it does not say. */
  readonly authTime: number | null;
  readonly returnTo: string;
  /** The session that shows again who is there; null for a new one. */
  readonly sessionId: string | null;
}

/** A sign-in did not come to its end: the reason is a code of ours. */
export class SignInFailed extends Error {
  readonly code: 'unknown_state' | 'refused_by_provider' | 'token_refused';
  constructor(code: SignInFailed['code']) {
    super(code);
    this.name = 'SignInFailed';
    this.code = code;
  }
}

/** Where a provider keeps a list that is too long for its token elsewhere, it names the claim here: not a list of none. */
const elsewhere = z.object({ _claim_names: z.record(z.string(), z.unknown()) });
const groupList = z.array(z.string());

function groupsOf(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] | null {
  const far = elsewhere.safeParse(claims);
  if (far.success && Object.hasOwn(far.data._claim_names, claim)) return null;
  const listed = claims[claim];
  return listed === undefined ? [] : (groupList.safeParse(listed).data ?? null);
}

const FRESH_S = 120;

/** Sign-in through one provider: code flow with PKCE, state and nonce; signatures are checked. */
export class Provider {
  private readonly settings: ProviderSettings;
  private readonly redirect: string;
  private found: Promise<client.Configuration> | undefined;

  /** @param redirect the address the provider sends people back to */
  constructor(settings: ProviderSettings, redirect: string) {
    this.settings = settings;
    this.redirect = redirect;
  }

  get groups(): ProviderSettings['groups'] {
    return this.settings.groups;
  }

  /** Asked once; again after it failed, so that a provider that was away is found when it is back. */
  private configuration(): Promise<client.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, algorithm } = this.settings;
    const url = new URL(issuer);
    const loopback = url.protocol === 'http:';
    const metadata = { id_token_signed_response_alg: algorithm };
    const auth = clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret);
    const execute = [
      client.enableNonRepudiationChecks,
      // Only ever on this machine, for trying things out.
      ...(loopback ? [client.allowInsecureRequests] : []),
    ];
    return client.discovery(url, clientId, metadata, auth, { execute, timeout: 10 });
  }

  /**
   * Begins a sign-in.
   * @param sessionId the session that shows again who is there: the provider then asks anew
   * @returns where the browser goes, and the state that it keeps in a cookie of its own
   */
  async begin(
    { org, pool }: IdentityStore,
    returnTo: string,
    sessionId: string | null,
  ): Promise<{ readonly to: string; readonly state: string }> {
    const config = await this.configuration();
    const [verifier, state, nonce] = [
      client.randomPKCECodeVerifier(),
      client.randomState(),
      client.randomNonce(),
    ];
    await pool.query(
      `with old as (delete from sign_ins where created_at < now() - interval '1 hour')
       insert into sign_ins (org, state_hash, nonce, verifier, return_to, session_id) values ($1, $2, $3, $4, $5, $6)`,
      [org, hashOf(state), nonce, verifier, returnTo, sessionId],
    );
    const to = client.buildAuthorizationUrl(config, {
      ...{ redirect_uri: this.redirect, scope: 'openid', state, nonce },
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(sessionId === null ? {} : { prompt: 'login', max_age: '0' }),
    });
    return { to: to.href, state };
  }

  /**
   * Ends a sign-in: the state is used up first, so a code that is sent twice finds nothing.
   * @param kept the state the browser kept in its cookie
   * @throws SignInFailed
   */
  async finish(store: IdentityStore, query: string, kept: string | undefined): Promise<Arrived> {
    const url = new URL(`${this.redirect}?${query}`);
    const state = url.searchParams.get('state') ?? '';
    const known = state !== '' && state === kept ? await useUp(store, state) : null;
    if (known === null) throw new SignInFailed('unknown_state');
    if (url.searchParams.has('error')) throw new SignInFailed('refused_by_provider');
    const claims = await this.claimsOf(url, state, known);
    const { auth_time: authTime } = claims;
    return {
      ...{ issuer: claims.iss, subject: claims.sub, returnTo: known.return_to, sessionId: known.session_id },
      groups: groupsOf(claims, this.settings.groupsClaim),
      authTime: typeof authTime === 'number' && Number.isFinite(authTime) ? authTime : null,
    };
  }

  private async claimsOf(url: URL, state: string, known: Known) {
    const again = known.session_id !== null;
    try {
      const tokens = await client.authorizationCodeGrant(await this.configuration(), url, {
        ...{ pkceCodeVerifier: known.verifier, expectedState: state, expectedNonce: known.nonce },
        idTokenExpected: true,
        ...(again ? { maxAge: FRESH_S } : {}),
      });
      const claims = tokens.claims();
      if (claims !== undefined) return claims;
    } catch {
      // What the provider or the library says may quote what was sent: only our code goes on.
    }
    throw new SignInFailed('token_refused');
  }
}

interface Known {
  readonly nonce: string;
  readonly verifier: string;
  readonly return_to: string;
  readonly session_id: string | null;
}

async function useUp({ org, pool }: IdentityStore, state: string): Promise<Known | null> {
  const { rows } = await pool.query<Known>(
    `delete from sign_ins where org = $1 and state_hash = $2 and created_at > now() - interval '10 minutes'
     returning nonce, verifier, return_to, session_id`,
    [org, hashOf(state)],
  );
  return rows[0] ?? null;
}
