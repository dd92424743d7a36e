// The guards on lines that they were never taught: test/guards/held-out. Prints their tables, returns what has an aim.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const held = `${root}test/guards/held-out/`;

/** Recall and precision aimed at by table; of questions the share of false alarms counts in place of precision. */
const AIMS = {
  'question: any finding': { recall: 0.95, alarms: 0.05 },
  'health and disability': { recall: 0.98 },
  'duty: any finding': { recall: 0.9, precision: 0.9 },
  'language: any finding': { recall: 0.95, precision: 0.95 },
};

const per = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

function rowsOf(set, { name, bad, caught, good, alarms }) {
  const aim = AIMS[name];
  if (aim === undefined) return [];
  const found = {
    recall: [caught, bad],
    precision: [caught, caught + alarms],
    alarms: [alarms, good],
  };
  return Object.entries(aim).map(([what, goal]) => {
    const [part, whole] = found[what];
    // Of false alarms few are wanted, of the others many: what is missed, or is wrong, is held against the rest.
    const value = what === 'alarms' ? part / whole : 1 - part / whole;
    return {
      ...{ id: `guards_${set}_${name}_${what}`, what: `guards, set ${set}, ${name}: ${what}`, unit: 'share' },
      ...{ value, goal: what === 'alarms' ? goal : 1 - goal, shown: per(part, whole) },
      ...{ aim: `${what === 'alarms' ? '≤' : '≥'} ${per(goal, 1)}`, note: `${part} of ${whole}` },
    };
  });
}

/** @param say tells progress */
export function guardRows(say) {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-guards-'));
  const sets = [...new Set(readdirSync(held).map((file) => file.split('.')[1]))].filter(
    (one) => one.length === 1,
  );
  return sets.toSorted().flatMap((set) => {
    const files = readdirSync(held).filter((file) => file.endsWith(`.${set}.jsonl`));
    const out = join(folder, `${set}.json`);
    say(`reading the lines of set ${set}`);
    const args = [`${root}scripts/guards/evaluate.mjs`, ...files.map((file) => held + file), '--json', out];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`the guards could not be measured: ${done.stderr}`);
    console.log(`Set ${set} of test/guards/held-out\n${done.stdout}`);
    return JSON.parse(readFileSync(out, 'utf8')).flatMap((one) => rowsOf(set, one));
  });
}
