// Writes docs/coverage.md: each decision, prompt, rule, gate and exception of the nine stages; where its rule is, where its
// numbers are, and which tests carry it in their names. With --check it only says whether the page is up to date.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/coverage.md`;
const CODE = /\b(?:[DPR]\d\.\d{1,2}|G[0-8]|X\d{1,2})\b/g;
const NAMES_A_TEST = new Set(['describe', 'it', 'test']);

/** How many of each letter the stages 0 to 9 have; there is no G7 and no G9. */
const STAGES = {
  D: [8, 4, 8, 7, 8, 10, 6, 7, 7, 8],
  P: [4, 5, 4, 5, 5, 6, 6, 7, 6, 5],
  R: [5, 6, 7, 7, 7, 7, 5, 8, 7, 5],
};
const GATES = ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G8'];
const EXCEPTIONS = 33;

/** Codes of which a part is known to be missing; what it is. Taken off here when it is built. */
const PARTLY = {};

const codes = [
  ...Object.entries(STAGES).flatMap(([letter, counts]) =>
    counts.flatMap((count, stage) => Array.from({ length: count }, (_, at) => `${letter}${stage}.${at + 1}`)),
  ),
  ...GATES,
  ...Array.from({ length: EXCEPTIONS }, (_, at) => `X${at + 1}`),
];

/** Codes whose rule goes under another code. */
const ELSEWHERE = {
  X30: 'the kernel, for every case (kernel/kernel-inputs.ts, kernel/obligations.ts)',
  'R8.4': 'a report over cases (client/report-fairness.ts)',
  'P6.5': 'asked by the role as P1.5 (docs/decisions/0010)',
};

/** Stages 0 to 5 and the exceptions of hiring: each of these has to be built, and to stand in a test's name. */
const HIRING = /^(?:[DPR][0-5]\.\d+|G[0-5]|X(?:[1-8]|2[5-9]|3[0-2]))$/;
/** Codes of hiring that are not built, or not to be found in a test's name, and why. Taken off here when they are. */
const NOT_YET = {};

function files(folder, ending) {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return files(path, ending);
    return path.endsWith(ending) ? [path] : [];
  });
}

const read = (path) => readFileSync(`${root}${path}`, 'utf8');
const codesIn = (text) => new Set(text.match(CODE) ?? []);

/** `it`, `it.each([…])`, `describe.runIf(…)`: the word a call starts with, and the tables it was given on the way. */
function head(callee, tables = []) {
  if (ts.isIdentifier(callee)) return { word: callee.text, tables };
  if (ts.isPropertyAccessExpression(callee)) return head(callee.expression, tables);
  if (ts.isCallExpression(callee)) return head(callee.expression, [...tables, ...callee.arguments]);
  return { word: '', tables };
}

/** What the tests of a file are called, with the rows of the tables that fill in their names. */
function testNames(path) {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const names = [];
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const { word, tables } = head(node.expression);
      const [title] = node.arguments;
      if (NAMES_A_TEST.has(word) && title !== undefined && ts.isStringLiteralLike(title)) {
        names.push(title.text);
        if (/%|\$/.test(title.text)) names.push(...tables.map((table) => table.getText()));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.join('\n');
}

function index(paths, textOf, folder) {
  const found = new Map();
  for (const path of paths)
    for (const code of codesIn(textOf(path)))
      found.set(code, [...(found.get(code) ?? []), path.replace(`${folder}/`, '')]);
  return found;
}

const rules = index(
  files('src/domain', '.ts').filter((path) => !path.includes('/kernel/')),
  read,
  'src/domain',
);
const tests = index(files('test', '.test.ts'), testNames, 'test');
const policy = JSON.parse(read('policies/default.json')).values;
const scenario = readdirSync(new URL('../scenarios/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => read(`scenarios/${file}`).match(CODE) ?? []);

const short = (list = []) =>
  list.length > 3 ? `${list.slice(0, 3).join('<br>')}<br>+${list.length - 3}` : list.join('<br>');
const values = (code) =>
  Object.keys(policy[code] ?? {})
    .filter((name) => name !== 'source')
    .join(', ');
const inScenario = (code) => scenario.filter((one) => one === code).length;

const built = codes.filter((code) => rules.has(code));
const later = codes.filter((code) => !rules.has(code) && !(code in ELSEWHERE));
const elsewhere = codes.filter((code) => !rules.has(code) && code in ELSEWHERE);
const waiting = later.filter((code) => values(code) !== '');
const strange = [...rules.keys()].filter((code) => !codes.includes(code));
const unnamed = built.filter((code) => !tests.has(code) && inScenario(code) === 0);
const played = built.filter((code) => !tests.has(code) && inScenario(code) > 0);
const where = (code) => {
  if (!rules.has(code)) return ELSEWHERE[code] ?? 'not built yet';
  return `${short(rules.get(code))}${code in PARTLY ? '<br>in part' : ''}`;
};
const rows = codes.map(
  (code) =>
    `| ${code} | ${where(code)} | ${values(code)} | ${short(tests.get(code))} | ${inScenario(code) || ''} |`,
);
const list = (some) => (some.length > 0 ? `${some.length} (${some.join(', ')})` : 'none');
const text = `# What is built, and what tests it

Generated by \`node scripts/coverage.mjs\`. D decisions, P prompts, R rules, G gates, X exceptions. The fourth column lists the test files
in which a test carries the code in its name; helper files and comments do not count. The scenario column counts how often
the files in \`scenarios/\` name the code.

- Built: ${built.length} of ${codes.length} codes; under another code: ${list(elsewhere)}.
- Built and in no test's name, but in the played scenario: ${list(played)}.
- Built and in neither: ${list(unnamed)}.
- Built in part: ${list(Object.keys(PARTLY))}; what is missing is said below the table.
- Not built yet: ${list(later)}.${waiting.length > 0 ? ` Numbers in \`policies/\` that wait for their rule: ${waiting.join(', ')}.` : ''}

| Code | Rule | Policy values | Tests named after it | Scenario |
|---|---|---|---|---|
${rows.join('\n')}

${Object.entries(PARTLY)
  .map(([code, what]) => `- ${code}, in part: ${what}.`)
  .join('\n')}
`;

if (strange.length > 0) {
  console.error(
    `codes that no stage has: ${strange.map((code) => `${code} in ${short(rules.get(code))}`).join('; ')}`,
  );
  process.exit(1);
}
const hiring = codes.filter((code) => HIRING.test(code));
const lacking = hiring.filter((code) => !(rules.has(code) || code in ELSEWHERE) || !tests.has(code));
const owed = lacking.filter((code) => !(code in NOT_YET));
const settled = Object.keys(NOT_YET).filter((code) => !lacking.includes(code));
const say = (code) => `${code} ${rules.has(code) ? `is built and in no test's name` : 'is not built'}`;
if (process.argv.includes('--check')) {
  const same = read('docs/coverage.md') === text;
  if (!same) console.error('docs/coverage.md is out of date; run: node scripts/coverage.mjs');
  for (const code of owed) console.error(say(code));
  for (const code of settled) console.error(`${code} is built and tested: take it off NOT_YET`);
  for (const [code, why] of Object.entries(NOT_YET)) console.log(`not yet: ${code}, ${why}`);
  process.exit(same && owed.length + settled.length === 0 ? 0 : 1);
}
for (const code of owed) console.log(say(code));
writeFileSync(page, text);
console.log(`${built.length} built; in no test's name: ${[...played, ...unnamed].join(' ') || 'none'}`);
