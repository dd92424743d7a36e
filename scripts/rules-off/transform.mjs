// Rewrites the text of the domain while the tests load it, so that a refusal can be passed over: `if (c) return
// blocked('R4.2')` becomes `if (c) { if (on('R4.2')) return blocked('R4.2'); }`. Nothing in the product knows of it.
import ts from 'typescript';

/** Which argument of a call names the rule. */
const NAMES_RULE = { blocked: 0, notNow: 0, refuse: 1 };
const RULE = /^(?:[RX]\d+(?:\.\d+)?|G\d)$/;

function ruleOf(node) {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const place = NAMES_RULE[node.expression.text];
  const rule = place === undefined ? undefined : node.arguments[place];
  return rule === undefined || ts.isSpreadElement(rule) ? null : rule;
}

const bare = (node) => (ts.isParenthesizedExpression(node) ? bare(node.expression) : node);

/** A return that ends its function or its case leaves nothing to fall through to. */
function endsHere(statement) {
  const { parent } = statement;
  if (ts.isCaseOrDefaultClause(parent)) return true;
  return ts.isBlock(parent) && ts.isFunctionLike(parent.parent) && parent.statements.at(-1) === statement;
}

/** Where the text is added to, as `[position, text]`; only ever added, so that one edit may lie inside another. */
function edits(source) {
  const list = [];
  const done = new Set();
  const add = (at, text) => list.push([at, text]);
  const visit = (node) => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) {
      const call = bare(node.expression);
      const rule = ruleOf(call);
      if (rule !== null) {
        done.add(call);
        add(node.getStart(source), `{ if (__on(${rule.getText(source)})) `);
        add(node.end, endsHere(node) ? ' return null; }' : ' }');
      }
    }
    if (ts.isConditionalExpression(node)) {
      const yes = bare(node.whenTrue);
      const no = bare(node.whenFalse);
      const { condition } = node;
      if (ruleOf(yes) !== null) {
        done.add(yes);
        add(condition.getStart(source), '((');
        add(condition.end, `) && __on(${ruleOf(yes).getText(source)}))`);
      } else if (ruleOf(no) !== null) {
        done.add(no);
        add(condition.getStart(source), '((');
        add(condition.end, `) || !__on(${ruleOf(no).getText(source)}))`);
      }
    }
    const rule = ruleOf(node);
    if (rule !== null && !done.has(node)) {
      add(node.getStart(source), `(__on(${rule.getText(source)}) ? `);
      add(node.end, ' : null)');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return list;
}

function replaced(code, from, to) {
  if (code.split(from).length !== 2) throw new Error(`not found once: ${from}`);
  return code.replace(from, to);
}

/** @returns the text as the tests are to load it */
export function withSwitch(path, code, helper) {
  const head = `import { on as __on, items as __items } from ${JSON.stringify(helper)};\n`;
  if (path.endsWith('/kernel/refusal.ts')) return code;
  if (path.endsWith('/kernel/gates.ts'))
    return (
      head +
      replaced(code, 'found.missing(state, ctx)', '__items(decider.kind, gate, found.missing(state, ctx))')
    );
  if (path.endsWith('/kernel/warnings.ts'))
    return head + replaced(code, '=> warning.holds)', '=> warning.holds && __on(warning.rule))');
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const list = edits(source)
    .map(([at, text], n) => [at, text, n])
    .toSorted((a, b) => b[0] - a[0] || b[2] - a[2]);
  let text = code;
  for (const [at, added] of list) text = text.slice(0, at) + added + text.slice(at);
  return list.length === 0 ? code : head + text;
}

/** @returns every rule that a refusal, a warning or a gate's entry names as a literal */
export function rulesNamed(path, code) {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const found = new Set();
  const visit = (node) => {
    const rule = ruleOf(node);
    if (rule !== null && ts.isStringLiteral(rule)) found.add(rule.text);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && ts.isStringLiteral(node.initializer)) {
      if (node.name.text === 'rule') found.add(node.initializer.text);
      if (node.name.text === 'code' && path.endsWith('/gates.ts')) found.add(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].filter((code_) => RULE.test(code_));
}
