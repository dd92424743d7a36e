// Measures the guards on labelled lines: node scripts/guards/evaluate.mjs FILE… [--errors] [--dist FOLDER] [--only IDS] [--json FILE]
// A line is {id, text, level: block|ok|review, codes, surface?}; the guard is read off the codes' kind or the id.
// Each guard is judged by its own findings: wording in a question is the language guard's, and measured there.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const HEALTH = [
  ...['Q_DISABILITY', 'Q_TREATMENT', 'Q_MEDS', 'Q_ADDICTION_HIST', 'Q_SICK_DAYS', 'Q_WCOMP', 'Q_STABILITY'],
  ...['Q_STORY', 'Q_SERVICES_HERE', 'Q_GENETIC', 'Q_BENEFITS'],
];
const KINDS = {
  question: { surface: 'question', own: /^Q_/u },
  duty: { surface: 'duty', own: /^(?:[PN]_|R2\.2)/u },
  language: { surface: undefined, own: /^(?:L\d|R[13478]\.)/u },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    errors: { type: 'boolean', default: false },
    dist: { type: 'string', default: fileURLToPath(new URL('../../dist', import.meta.url)) },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const { findingsOf } = await import(pathToFileURL(`${values.dist}/guards/index.js`).href);
const only = values.only === undefined ? undefined : new Set(JSON.parse(readFileSync(values.only, 'utf8')));

function kindOf(line) {
  if (line.surface !== undefined) return 'language';
  const [code] = line.codes;
  if (code !== undefined) return code.startsWith('Q_') ? 'question' : 'duty';
  return line.id.startsWith('d') ? 'duty' : 'question';
}

const lines = positionals
  .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line))
  .filter((line) => only === undefined || only.has(line.id));
const begun = performance.now();
const read = lines.map((line) => {
  const kind = kindOf(line);
  const { surface, own } = KINDS[kind];
  const findings = findingsOf(line.surface ?? surface, line.text).filter((each) => own.test(each.rule));
  const levels = findings.map((each) => each.level);
  return { line, kind, codes: findings.map((each) => each.rule), flagged: findings.length > 0, levels };
});
const spent = performance.now() - begun;

const measured = [];
const share = (part, whole) => (whole === 0 ? '   –' : (part / whole).toFixed(3));
function table(name, rows, flag) {
  const bad = rows.filter((row) => row.line.level === 'block');
  const good = rows.filter((row) => row.line.level === 'ok');
  const caught = bad.filter(flag).length;
  const alarms = good.filter(flag).length;
  measured.push({ name, bad: bad.length, caught, good: good.length, alarms });
  console.log(
    `${name.padEnd(26)} caught ${caught}/${bad.length}  missed ${bad.length - caught}  alarms ${alarms}/${good.length}` +
      `  recall ${share(caught, bad.length)}  precision ${share(caught, caught + alarms)}  false alarms ${share(alarms, good.length)}`,
  );
}

for (const kind of Object.keys(KINDS)) {
  const rows = read.filter((row) => row.kind === kind);
  if (rows.length === 0) continue;
  console.log(`\n${kind}: ${rows.length} lines`);
  table(`${kind}: any finding`, rows, (row) => row.flagged);
  table('not counting warnings', rows, (row) => row.levels.some((level) => level !== 'warn'));
  const review = rows.filter((row) => row.line.level === 'review');
  if (review.length > 0)
    console.log(`near the line: ${review.filter((row) => row.flagged).length} of ${review.length} flagged`);
  if (kind === 'question') {
    const isHealth = (row) => row.line.level === 'ok' || row.line.codes.some((code) => HEALTH.includes(code));
    table('health and disability', rows.filter(isHealth), (row) => row.flagged);
  }
  const codes = [...new Set(rows.flatMap((row) => row.line.codes))].toSorted((a, b) => (a < b ? -1 : 1));
  for (const code of codes) {
    const bad = rows.filter((row) => row.line.level === 'block' && row.line.codes.includes(code));
    const flagged = bad.filter((row) => row.flagged).length;
    const rightly = bad.filter((row) => row.codes.includes(code)).length;
    const elsewhere = rows.filter((row) => row.codes.includes(code) && !row.line.codes.includes(code)).length;
    console.log(
      `  ${code.padEnd(18)} ${String(bad.length).padStart(4)} lines  flagged ${share(flagged, bad.length)}` +
        `  under this code ${share(rightly, bad.length)}  named elsewhere ${elsewhere}`,
    );
  }
  if (!values.errors) continue;
  for (const row of rows) {
    const wrong = row.line.level === 'block' ? !row.flagged : row.line.level === 'ok' && row.flagged;
    if (!wrong) continue;
    const said = row.flagged ? `alarm ${row.codes.join(',')}` : `missed ${row.line.codes.join(',')}`;
    console.log(`  ${said} | ${row.line.surface ?? ''} | ${row.line.id} | ${row.line.text}`);
  }
}
console.log(
  `\n${lines.length} lines in ${spent.toFixed(0)} ms, ${(spent / lines.length).toFixed(1)} ms a line`,
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measured));
