import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TemporalProfileUnusable, connectionTo, namedTemporal } from '../../src/local/temporal-reach.ts';

const base = mkdtempSync(join(tmpdir(), 'peer-hire-reach-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A configuration folder as the Temporal tools keep it. */
function configured(name: string, toml: string): { readonly folder: string; readonly file: string } {
  const folder = join(base, name);
  mkdirSync(join(folder, 'temporalio'), { recursive: true });
  const file = join(folder, 'temporalio', 'temporal.toml');
  writeFileSync(file, toml);
  return { folder, file };
}

const one = configured(
  'one',
  `[profile.default]\naddress = "default.example:7233"\n[profile.work]\naddress = "work.example:7233"\nnamespace = "peers"\napi_key = "of-work"\n`,
);
const bare = { HOME: join(base, 'nobody'), XDG_CONFIG_HOME: join(base, 'nobody') };
const home = { HOME: one.folder, XDG_CONFIG_HOME: one.folder };

describe('the Temporal that the environment names', () => {
  it('is none without an address and a profile; an empty address is none', () => {
    expect(namedTemporal(bare)).toBeNull();
    expect(namedTemporal({ ...bare, TEMPORAL_ADDRESS: '' })).toBeNull();
  });

  it('comes from the address, and from a profile with its key', () => {
    expect(namedTemporal({ ...bare, TEMPORAL_ADDRESS: 'a.example:1' })).toMatchObject({
      address: 'a.example:1',
      namespace: 'default',
    });
    expect(
      namedTemporal({ ...bare, TEMPORAL_CONFIG_FILE: one.file, TEMPORAL_PROFILE: 'work' }),
    ).toMatchObject({
      ...{ address: 'work.example:7233', namespace: 'peers', profile: { name: 'work', file: one.file } },
      connectionOptions: { apiKey: 'of-work', tls: true },
    });
  });

  it('says which profile it does not find, or cannot read', () => {
    const missing = (): unknown => namedTemporal({ ...bare, TEMPORAL_PROFILE: 'nosuch' });
    expect(missing).toThrow(TemporalProfileUnusable);
    expect(missing).toThrow(/nosuch.*TEMPORAL_PROFILE/);
    const { folder } = configured('broken', '[profile');
    expect(() => namedTemporal({ HOME: folder, XDG_CONFIG_HOME: folder })).toThrow(TemporalProfileUnusable);
  });
});

describe('a command of an installation that runs on somebody else’s Temporal', () => {
  const temporal = { address: 'started.example:7233', ours: false };

  it('asks at the address of the start, also in a terminal that names none or another', () => {
    expect(connectionTo(temporal, bare).address).toBe('started.example:7233');
    expect(connectionTo(temporal, { ...bare, TEMPORAL_ADDRESS: 'other.example:7233' }).address).toBe(
      'started.example:7233',
    );
    expect(connectionTo(temporal, home).address).toBe('started.example:7233');
    expect(connectionTo({ address: '127.0.0.1:5', ours: true }, home)).toEqual({ address: '127.0.0.1:5' });
  });

  it('takes the key from the profile of the start, whatever profile this terminal names', () => {
    const profile = { name: 'work', file: one.file };
    const there = { ...temporal, profile };
    expect(connectionTo(there, bare)).toMatchObject({ address: 'started.example:7233', apiKey: 'of-work' });
    const { file } = configured('two', '[profile.mine]\napi_key = "of-mine"\n');
    const mine = { ...bare, TEMPORAL_PROFILE: 'mine', TEMPORAL_CONFIG_FILE: file };
    expect(connectionTo(there, mine)).toMatchObject({ apiKey: 'of-work' });
  });

  it('never shows this server what the terminal holds for another one', () => {
    const foreign = { ...bare, TEMPORAL_ADDRESS: 'other.example:7233', TEMPORAL_API_KEY: 'of-other' };
    expect(connectionTo(temporal, foreign).apiKey).toBeUndefined();
    const same = { ...bare, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_API_KEY: 'of-started' };
    expect(connectionTo(temporal, same)).toMatchObject({ apiKey: 'of-started', tls: true });
  });
});
