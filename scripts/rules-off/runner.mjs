// Runs each test as ever, sees which rules said no in it, and runs it again with each of these switched off: a test
// that does not change when its rule is gone proves nothing about the rule. Two runs with nothing off, before and
// after, show that the test can be repeated; one that cannot says nothing here.
import { appendFileSync } from 'node:fs';
import { TestRunner } from 'vitest';
import { getFn } from 'vitest/suite';
import { isSubject, namedBy } from './codes.mjs';
import { state } from './switch.mjs';

const log = process.env['RULES_LOG'];
const wanted = process.env['RULES_CODES']?.split(',').filter(Boolean) ?? [];
/** Rules that a test naming them has caught: no other test need try. */
const caught = new Map();

async function fails(fn, off) {
  state.off = off;
  try {
    await fn();
    return false;
  } catch {
    return true;
  } finally {
    state.off = '';
  }
}

const nameOf = (task) => (task.suite === undefined ? task.name : `${nameOf(task.suite)} > ${task.name}`);

// oxlint-disable-next-line import/no-default-export -- the test runner takes no other
export default class RulesOff extends TestRunner {
  async runTask(test) {
    const fn = getFn(test);
    state.said.clear();
    state.off = '';
    await fn();
    const name = nameOf(test);
    const said = [...state.said].filter((code) => isSubject(code, wanted));
    const rules = said.filter((code) => {
      const had = caught.get(code);
      return had !== 'named' && (had === undefined || namedBy(code, name));
    });
    for (const code of said) appendFileSync(log, `${JSON.stringify({ code, met: test.file.filepath })}\n`);
    if (rules.length === 0 || (await fails(fn, ''))) return;
    const red = [];
    for (const code of rules) if (await fails(fn, code)) red.push(code);
    if (await fails(fn, '')) return;
    for (const code of red) {
      const named = namedBy(code, name);
      caught.set(code, named ? 'named' : 'seen');
      appendFileSync(log, `${JSON.stringify({ code, file: test.file.filepath, name, named })}\n`);
    }
  }
}
