// The house's habits that no other tool counts: files to about 300 lines, functions to about 40.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const MOST_FILE_LINES = 330;
const MOST_FUNCTION_LINES = 48;
const root = fileURLToPath(new URL('..', import.meta.url));
const found = [];

function files(folder) {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** Tables and routing switches are long by their number of rows, not by what they do. */
function routes(node) {
  let cases = 0;
  const visit = (child) => {
    if (ts.isCaseClause(child)) cases += 1;
    ts.forEachChild(child, visit);
  };
  visit(node);
  return cases >= 10;
}

function check(path) {
  const text = readFileSync(`${root}${path}`, 'utf8');
  const lines = text.split('\n').length;
  const isTest = path.startsWith('test/');
  if (lines > (isTest ? MOST_FILE_LINES * 2 : MOST_FILE_LINES)) found.push(`${path}: ${lines} lines`);
  if (isTest) return;
  // Who is behind a command is a name and a hand (domain/signed.ts): comparing one of them lets the other through.
  if (path.startsWith('src/domain/') && /\.\w*[bB]y === ask\.actor\b/.test(text))
    found.push(`${path}: somebody before is compared with the hand of a command alone`);
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
      const last = source.getLineAndCharacterOfPosition(node.end).line;
      if (last - first > MOST_FUNCTION_LINES && !routes(node))
        found.push(`${path}:${first + 1}: a function of ${last - first + 1} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

for (const path of [...files('src'), ...files('test')]) check(path);
for (const line of found) console.error(line);
if (found.length > 0) console.error(`${found.length} places to split`);
process.exit(found.length > 0 ? 1 : 0);
