import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Codes that the rules can name, read from their source: what a test never made happen has to have its words too. */

const domain = fileURLToPath(new URL('../../src/domain', import.meta.url));
/** A prompt, decision, rule, gate or exception, or one of the kernel's own words for what is owed. */
const OF_LIFE = /^(?:[PDRGX]\d+(?:\.\d+)?|[A-Z]{6,})$/;
/** Where obligations are made. */
const OWES = /\/agenda[\w-]*\.ts$|\/owing\.ts$|kernel\/obligations\.ts$/;

export interface DomainCodes {
  /** Codes of what somebody owes. */
  readonly owed: ReadonlySet<string>;
  /** The same by the folder of the rules: a kind of case, or `kernel`. */
  readonly owedIn: ReadonlyMap<string, ReadonlySet<string>>;
  /** Codes of what follows once it is done. */
  readonly next: ReadonlySet<string>;
  /** What happens if nobody acts. */
  readonly silence: ReadonlySet<string>;
  /** Codes of what is missing before a command is accepted. */
  readonly missing: ReadonlySet<string>;
  /** Rules behind a refusal. */
  readonly refusing: ReadonlySet<string>;
  /** Codes that are computed: the place, and the expression. */
  readonly computed: readonly string[];
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
  });
}

/** The texts an expression may come to; null for what is computed otherwise. */
function textsOf(node: ts.Expression): readonly (string | null)[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textsOf(node.expression);
  const either =
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return either ? [...textsOf(node.left), ...textsOf(node.right)] : [null];
}

/** `num(policy, 'D5.2', 'assess_bd')` reads a number and owes nothing: a name with `_` comes right after the code. */
function readsPolicy(node: ts.StringLiteral): boolean {
  if (!ts.isCallExpression(node.parent)) return false;
  const { arguments: given } = node.parent;
  const after = given[given.indexOf(node) + 1];
  return after !== undefined && ts.isStringLiteral(after) && after.text.includes('_');
}

/** Everything the source of the domain names. */
export function domainCodes(): DomainCodes {
  const owed = new Set<string>();
  const owedIn = new Map<string, Set<string>>();
  const next = new Set<string>();
  const silence = new Set<string>();
  const missing = new Set<string>();
  const refusing = new Set<string>();
  const computed: string[] = [];
  for (const path of sources(domain)) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const owes = OWES.test(path);
    const folder = path.slice(domain.length + 1).split('/')[0] ?? '';
    const here = owedIn.get(folder) ?? new Set<string>();
    owedIn.set(folder, here);
    const owing = (code: string): void => {
      owed.add(code);
      here.add(code);
    };
    const put = (into: (text: string) => unknown, node: ts.PropertyAssignment): void => {
      for (const text of textsOf(node.initializer)) {
        if (text !== null) into(text);
        else computed.push(`${path.slice(domain.length + 1)}: ${node.initializer.getText()}`);
      }
    };
    const visit = (node: ts.Node): void => {
      const name = ts.isPropertyAssignment(node) ? node.name.getText() : '';
      if (ts.isPropertyAssignment(node) && name === 'code')
        return put(owes ? owing : (text) => missing.add(text), node);
      if (ts.isPropertyAssignment(node) && name === 'next') return put((text) => next.add(text), node);
      if (ts.isPropertyAssignment(node) && name === 'atSilence')
        return put((text) => silence.add(text), node);
      if (ts.isStringLiteral(node) && OF_LIFE.test(node.text)) {
        const call = ts.isCallExpression(node.parent) ? node.parent.expression.getText() : '';
        if ((owes && !readsPolicy(node)) || /^ow(?:e|ing)$/.test(call)) owing(node.text);
        if (/^(?:blocked|notNow|refuse)$/.test(call)) refusing.add(node.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { owed, owedIn, next, silence, missing, refusing, computed };
}
