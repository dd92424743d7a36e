import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolbox } from '../../src/cli/toolbox.ts';
import type { ToolboxOptions } from '../../src/cli/toolbox.ts';
import { Stop } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';

async function said(name?: string, options: ToolboxOptions = {}): Promise<string> {
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: () => undefined, columns: 120, color: false };
  await toolbox(io as unknown as Io, name, options);
  return lines.join('\n');
}

describe('the toolbox', () => {
  it('lists its drawers with how much is in them', async () => {
    const list = await said();
    for (const drawer of ['items', 'orientation', 'duties', 'never', 'questions', 'referees', 'templates'])
      expect(list).toContain(drawer);
    expect(list).toMatch(/items\W+25/);
  });

  it('D0.3 says of each of the 25 items what a 1, a 2 and a 3 look like, and where it comes from', async () => {
    const items = await said('items');
    expect(items.match(/source: /g)).toHaveLength(25);
    expect(items).toMatch(/^25 \(/m);
  });

  it('P0.3 prints the hour with the team, D2.1 the library of duties and what to offer instead', async () => {
    expect(await said('orientation')).toContain('60 minutes');
    expect((await said('duties')).match(/\bduty-/g)?.length).toBeGreaterThanOrEqual(60);
    expect(await said('never')).toMatch(/P_MED_ADMIN[\s\S]*Instead: duty-/);
  });

  it('D4.1 finds questions by a word, and gives data where it is asked for', async () => {
    const found = JSON.parse(await said('questions', { find: 'support', json: true })) as {
      questions: object[];
    };
    expect(found.questions.length).toBeGreaterThan(0);
    await expect(said('questions', { find: 'zzzz' })).rejects.toThrow(Stop);
  });

  it('D4.3 says of each competency what a 1, a 3 and a 5 look like', async () => {
    const all = await said('competencies');
    for (const score of ['1', '3', '5'])
      expect(all.match(new RegExp(`^ +${score}  `, 'gm'))).toHaveLength(12);
  });

  it('prints a template with its gaps, into a new file only', async () => {
    expect(await said('posting')).toContain('[closing date]');
    const file = join(mkdtempSync(join(tmpdir(), 'toolbox-')), 'policy.md');
    await said('policy-leave', { out: file });
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(500);
    await expect(said('policy-leave', { out: file })).rejects.toThrow(Stop);
  });

  it('says what there is when a drawer is not known', async () => {
    await expect(said('spanners')).rejects.toThrow('items, orientation');
  });
});
