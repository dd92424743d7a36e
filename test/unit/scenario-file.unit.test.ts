import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT, told } from '../../src/cli/exit.ts';
import { ownScenario, stageOf } from '../../src/cli/stage-play.ts';

/** What somebody who writes a scenario hears of its faults, before any server is started. */

const base = mkdtempSync(join(tmpdir(), 'peer-hire-scenario-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const northside = fileURLToPath(new URL('../../scenarios/northside.json', import.meta.url));
interface Raw {
  [field: string]: unknown;
  site: Record<string, unknown>;
  acts: Record<string, unknown>[];
}

/** What playing Northside says, changed in one thing. */
function said(change: (raw: Raw) => void): string {
  const raw = JSON.parse(readFileSync(northside, 'utf8')) as Raw;
  change(raw);
  return saidOf(JSON.stringify(raw));
}

function saidOf(text: string): string {
  const file = join(base, 'x.json');
  writeFileSync(file, text);
  try {
    stageOf(file);
  } catch (error) {
    const { exit, message } = told(error);
    expect(exit).toBe(EXIT.refused);
    return message;
  }
  return 'nothing';
}

describe('a scenario that cannot be played', () => {
  it('is one only when it is changed', () => {
    expect(said(() => undefined)).toBe('nothing');
    expect(() => stageOf(ownScenario('twelve'))).not.toThrow();
  });

  it.each<[string, (raw: Raw) => void, RegExp]>([
    ['a policy that is not there', (raw) => (raw['policy'] = 'nosuch'), /policy takes default/],
    ['a way out of the folder', (raw) => (raw['policy'] = '../package'), /policy takes default/],
    ['a profile that is not there', (raw) => (raw['profile'] = 'nosuch'), /profile takes .*generic/],
    ['holidays that are not there', (raw) => (raw.site['holidays'] = 'x'), /site\.holidays takes us-federal/],
    ['a zone that is none', (raw) => (raw.site['zone'] = 'Mars/B'), /no such time zone/],
    [
      'somebody who is not in it',
      (raw) => (raw.acts[1]!['by'] = 'nobody'),
      /acts\.1 names a person "nobody"/,
    ],
    ['a case that is not in it', (raw) => (raw.acts[0]!['case'] = 'none'), /acts\.0 names a case "none"/],
    [
      'a day that is none',
      (raw) => (raw.acts[0]!['at'] = '2025-02-30 10:00'),
      /acts\.0\.at takes YYYY-MM-DD/,
    ],
    ['a field nobody knows', (raw) => (raw['colour'] = 1), /the file has a field that nobody knows: colour/],
    ['a title that is none', (raw) => (raw['title'] = 4), /title missing, or no string/],
  ])('for %s says where, in words', (_, change, says) => {
    const message = said(change);
    expect(message).toMatch(says);
    expect(message).not.toMatch(/Invalid|Unrecognized|expected string|received/);
  });

  it('says so of a file that is no JSON', () => {
    expect(saidOf('{')).toMatch(/the file is not JSON/);
  });
});
