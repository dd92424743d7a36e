import { resolve } from 'node:path';
import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { Env } from './home.ts';

/** Key, certificates and address of a server, for `Connection.connect` and `NativeConnection.connect`. */
export type ConnectionTo = NonNullable<ReturnType<typeof toClientOptions>['connectionOptions']>;

/** Which profile of the Temporal tools was in force at the start: its name and its file, null for the usual ones. */
export interface ProfileUsed {
  readonly name: string | null;
  readonly file: string | null;
}

/** A Temporal server that the environment or a profile names. */
export interface NamedTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly connectionOptions: ConnectionTo;
  readonly profile: ProfileUsed;
}

/** The profile that the environment names is not there, or cannot be read. */
export class TemporalProfileUnusable extends Error {
  override readonly name = 'TemporalProfileUnusable';
  readonly code = 'temporal_profile_unusable';

  constructor({ name, file }: ProfileUsed) {
    const which = name === null ? 'The Temporal profile' : `The Temporal profile ${name.slice(0, 80)}`;
    super(
      `${which} cannot be used: it is not in ${file ?? 'temporal.toml of your configuration folder'}, or that file is damaged. Correct TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE, or unset them to use a server of this machine.`,
    );
  }
}

const given = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value;

/** An empty variable says nothing. */
function said(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => given(pair[1]) !== null),
  );
}

function profileOf(env: Env): ProfileUsed {
  const file = given(env['TEMPORAL_CONFIG_FILE']);
  return { name: given(env['TEMPORAL_PROFILE']), file: file === null ? null : resolve(file) };
}

function load(env: Env): ReturnType<typeof loadClientConfigProfile> {
  try {
    return loadClientConfigProfile({ overrideEnvVars: said(env) });
  } catch {
    throw new TemporalProfileUnusable(profileOf(env));
  }
}

function optionsOf(env: Env, loaded: ReturnType<typeof load>): ConnectionTo {
  try {
    return toClientOptions(loaded).connectionOptions ?? {};
  } catch {
    // A certificate or a key that it names cannot be read.
    throw new TemporalProfileUnusable(profileOf(env));
  }
}

/**
 * The server that `TEMPORAL_ADDRESS` or a Temporal profile names; null where neither does.
 * @throws TemporalProfileUnusable
 */
export function namedTemporal(env: Env): NamedTemporal | null {
  const loaded = load(env);
  const { address, namespace = 'default' } = loaded;
  if (address === undefined || address === '') return null;
  return { address, namespace, connectionOptions: optionsOf(env, loaded), profile: profileOf(env) };
}

/** What an installation wrote down of its Temporal. */
export interface InstalledTemporal {
  readonly address: string;
  readonly ours: boolean;
  /** Not there in a folder of an earlier build. */
  readonly profile?: ProfileUsed | undefined;
}

/**
 * How a process of an installation reaches its Temporal: always at the address it was started with, whatever the terminal of
 * this process names; keys and certificates come from the profile of the start. What the environment holds for another
 * server is not shown to this one.
 * @throws TemporalProfileUnusable
 */
export function connectionTo({ address, ours, profile }: InstalledTemporal, env: Env): ConnectionTo {
  if (ours) return { address };
  const elsewhere = given(env['TEMPORAL_ADDRESS']);
  const foreign = elsewhere !== null && elsewhere !== address;
  const kept = Object.entries(env).filter(([name]) => !foreign || !name.startsWith('TEMPORAL_'));
  const used = profile ?? profileOf(env);
  const as: Env = {
    ...Object.fromEntries(kept),
    TEMPORAL_PROFILE: used.name ?? undefined,
    TEMPORAL_CONFIG_FILE: used.file ?? undefined,
    TEMPORAL_ADDRESS: address,
  };
  return optionsOf(as, load(as));
}
