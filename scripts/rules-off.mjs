// Disables each rule at level BLOCK or WARN in turn, and fails if no unit test turns red.
//
//   node scripts/rules-off.mjs [--codes R3.2,G4] [--json FILE]
//
// Only a test in which a rule says no can notice that it is gone, so each test is run again with each rule it met
// switched off (scripts/rules-off/runner.mjs). Nothing in the product knows of it: the text of the domain is rewritten
// while the tests load it (scripts/rules-off/transform.mjs).
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { isSubject } from './rules-off/codes.mjs';
import { rulesNamed, withSwitch } from './rules-off/transform.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const domain = `${root}src/domain/`;
const helper = `${root}scripts/rules-off/switch.mjs`;
const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
};

/** Rules at level BLOCK or WARN that no refusal can name, and what keeps them instead. */
const KEPT_OTHERWISE = {
  'R6.2': 'no field holds such a note: test/unit/never-store',
};

const CASES = 'readiness,role,opening,candidacy,employment,review,clock';
const folder = mkdtempSync(join(tmpdir(), 'rules-off-'));
const log = join(folder, 'log');
writeFileSync(log, '');
const words =
  readFileSync(`${domain}kernel/words.ts`, 'utf8').match(/warningCodes = \[([^\]]*)\]/)?.[1] ?? '';
const warned = [...words.matchAll(/'([A-Z][\d.]+)'/g)].map(([, code]) => code);
process.env['RULES_LOG'] = log;
process.env['RULES_CODES'] = option('--codes') ?? '';
process.env['RULES_WARN'] = warned.join(',');

const plugin = {
  name: 'rules-off',
  enforce: 'pre',
  transform(code, id) {
    const [path] = id.split('?');
    if (!path.startsWith(domain) || !path.endsWith('.ts')) return null;
    return { code: withSwitch(path, code, helper), map: null };
  },
};

const began = Date.now();
const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
const say = (line) => process.stderr.write(`${line}\n`);

/** @returns every rule that is to be switched off, met by a test or not */
function universe(met) {
  const paths = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const named = paths.flatMap((path) => rulesNamed(`/${path}`, readFileSync(domain + path, 'utf8')));
  const wanted = process.env['RULES_CODES'].split(',').filter(Boolean);
  const order = new Intl.Collator('en', { numeric: true });
  const all = [...named, ...warned, ...met.keys()].filter((code) => isSubject(code, wanted));
  return [...new Set(all)].toSorted(order.compare);
}

async function play() {
  const options = {
    ...{ root, config: false, watch: false, run: true, maxWorkers: 2, testTimeout: 600_000 },
    // The tests of the cases; those of servers, guards and the command line meet no rule by itself.
    include: [`test/unit/{${CASES},codes,rules,confidential,description,redact}*.unit.test.ts`],
    runner: `${root}scripts/rules-off/runner.mjs`,
    reporters: [
      {
        onTestModuleEnd(module) {
          say(`${module.moduleId.slice(root.length)} ${module.state()} (${seconds()})`);
        },
      },
    ],
  };
  const vitest = await createVitest('test', options, { plugins: [plugin] });
  try {
    await vitest.start();
    const { testModules } = { testModules: vitest.state.getTestModules() };
    return testModules
      .filter((one) => one.state() === 'failed')
      .map((one) => one.moduleId.slice(root.length));
  } finally {
    await vitest.close();
  }
}

function read() {
  const [met, red] = [new Map(), new Map()];
  for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
    const { code, met: file, ...by } = JSON.parse(line);
    if (file !== undefined) met.set(code, new Set([...(met.get(code) ?? []), file]));
    else red.set(code, [...(red.get(code) ?? []), { ...by, file: by.file.slice(root.length) }]);
  }
  return { met, red };
}

try {
  const broken = await play();
  const { met, red } = read();
  const results = universe(met).map((code) => {
    const all = red.get(code) ?? [];
    const by = all.find((one) => one.named) ?? all[0] ?? null;
    return { code, met: met.get(code)?.size ?? 0, by };
  });
  console.log('| Rule | Test files that meet it | A test that turns red without it |');
  console.log('|---|---|---|');
  for (const { code, met: files, by } of results)
    console.log(`| ${code} | ${files} | ${by === null ? 'none' : `${by.file}: ${by.name}`} |`);
  const free = results.filter((one) => one.by === null && KEPT_OTHERWISE[one.code] === undefined);
  const unnamed = results.filter((one) => one.by?.named === false).map((one) => one.code);
  console.log(
    `\n${results.length} rules, gates and entries of gates off in turn in ${seconds()}; not caught: ${free.length}.`,
  );
  if (unnamed.length > 0) console.log(`Caught, but by no test that names them: ${unnamed.join(', ')}.`);
  for (const { code, met: files } of free)
    console.log(`${code}: ${files === 0 ? 'no unit test meets this rule' : 'no test turns red'}`);
  for (const file of broken) console.log(`red with every rule on, so it proves nothing: ${file}`);
  const json = option('--json');
  if (json !== null) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  process.exitCode = free.length + broken.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
