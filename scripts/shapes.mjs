// Writes src/ledger/verify/shapes/<case>.ts: what the body of each kind of row says, by name and type, from the types of
// the events. A proof holds every row against it. With --check it only says whether the files are up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}src/ledger/verify/shapes`;

/** Where the events of each case stand; `kernel`: those that every case has. */
const EVENTS = {
  kernel: ['kernel/decider.ts', 'KernelEvent'],
  readiness: ['readiness/state.ts', 'ReadinessEvent'],
  role: ['role/events.ts', 'RoleEvent'],
  opening: ['opening/events.ts', 'OpeningEvent'],
  candidacy: ['candidacy/events.ts', 'CandidacyEvent'],
  employment: ['employment/events.ts', 'EmploymentEvent'],
  review: ['review/state.ts', 'ReviewEvent'],
  clock: ['clock/state.ts', 'ClockEvent'],
};

/** Names of types that are plain strings or numbers to the compiler, and more than that in a row. */
const FORMATS = {
  CivilDate: 'day',
  Instant: 'instant',
  WallTime: 'time',
  PersonRef: 'person',
  CaseId: 'case',
  SiteRef: 'site',
};

const files = Object.values(EVENTS).map(([file]) => `${root}src/domain/${file}`);
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, 'utf8')).config,
  ts.sys,
  root,
);
const program = ts.createProgram(files, { ...options, noEmit: true });
const checker = program.getTypeChecker();

const unread = (what) => {
  throw new Error(`no row can hold this: ${what}`);
};

/** @returns the format a type was named by where it was written down, or null. */
function formatOf(node) {
  if (node === undefined) return null;
  if (ts.isParenthesizedTypeNode(node)) return formatOf(node.type);
  if (!ts.isTypeReferenceNode(node)) return null;
  return FORMATS[node.typeName.getText().split('.').at(-1)] ?? null;
}

/** Whether a text is a choice as a whole, and not only inside of something. */
function isChoice(text) {
  let depth = 0;
  for (const sign of text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')) {
    if ('{[('.includes(sign)) depth += 1;
    if ('}])'.includes(sign)) depth -= 1;
    if (sign === '|' && depth === 0) return true;
  }
  return false;
}

const unreadonly = (node) =>
  node !== undefined && ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword
    ? node.type
    : node;

function literal(type) {
  if (type.isStringLiteral() || type.isNumberLiteral()) return JSON.stringify(type.value);
  if (type.flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type);
  if (type.flags & ts.TypeFlags.Null) return 'null';
  if (type.flags & ts.TypeFlags.String) return 'string';
  if (type.flags & ts.TypeFlags.Number) return 'number';
  return null;
}

function shapeOfUnion(type, node) {
  const named =
    node !== undefined && ts.isUnionTypeNode(node) ? node.types : node === undefined ? [] : [node];
  const formats = named.map(formatOf).filter((one) => one !== null);
  const rows = named.find((one) => ts.isArrayTypeNode(unreadonly(one)));
  const shapes = type.types
    .filter((one) => !(one.flags & ts.TypeFlags.Undefined))
    .flatMap((one) => {
      const plain = one.flags & (ts.TypeFlags.String | ts.TypeFlags.Number);
      if (plain && formats.length > 0) return formats;
      return [shapeOf(one, rows)];
    });
  const whole = new Set(shapes);
  if (whole.has('true') && whole.has('false')) {
    whole.delete('true');
    whole.delete('false');
    whole.add('boolean');
  }
  return [...whole].toSorted((a, b) => (a < b ? -1 : 1)).join('|');
}

/** @param node how the type was written down, where that is known */
function shapeOf(type, node) {
  const named = formatOf(node);
  if (named !== null) return named;
  const plain = literal(type);
  if (plain !== null) return plain;
  if (type.isUnion()) return shapeOfUnion(type, node);
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type);
    const written = unreadonly(node);
    const inner = shapeOf(
      item,
      written !== undefined && ts.isArrayTypeNode(written) ? written.elementType : undefined,
    );
    return isChoice(inner) ? `(${inner})[]` : `${inner}[]`;
  }
  if (checker.isTupleType(type)) {
    const written = unreadonly(node);
    const items = checker.getTypeArguments(type).map((one, n) => {
      const element = written !== undefined && ts.isTupleTypeNode(written) ? written.elements[n] : undefined;
      return shapeOf(one, element !== undefined && ts.isNamedTupleMember(element) ? element.type : element);
    });
    return `[${items.join(', ')}]`;
  }
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return shapeOfObject(type);
  return unread(checker.typeToString(type));
}

function shapeOfObject(type) {
  const any = checker.getIndexInfosOfType(type).find((one) => one.keyType.flags & ts.TypeFlags.String);
  if (any !== undefined)
    return any.type.flags & ts.TypeFlags.Never ? '{}' : `{*: ${shapeOf(any.type, any.declaration?.type)}}`;
  const fields = checker.getPropertiesOfType(type).map((field) => {
    const said = field.declarations?.[0];
    const node = said !== undefined && ts.isPropertySignature(said) ? said.type : undefined;
    const optional = field.flags & ts.SymbolFlags.Optional ? '?' : '';
    const name = /^[A-Za-z_]\w*$/.test(field.name) ? field.name : JSON.stringify(field.name);
    return `${name}${optional}: ${shapeOf(checker.getTypeOfSymbol(field), node)}`;
  });
  if (fields.length === 0 && !(type.flags & ts.TypeFlags.Intersection) && type.symbol?.name !== '__type')
    unread(checker.typeToString(type));
  return `{${fields.join(', ')}}`;
}

/** @returns `[kind, shape]` of each event of a case. */
function eventsOf([file, name]) {
  const source = program.getSourceFile(`${root}src/domain/${file}`);
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .find((one) => one.name === name);
  const type = checker.getDeclaredTypeOfSymbol(exported);
  const members = type.isUnion() ? type.types : [type];
  const rows = new Map();
  for (const event of members) {
    const of = (field) => checker.getTypeOfSymbol(event.getProperty(field));
    const kinds = of('kind').isUnion() ? of('kind').types : [of('kind')];
    const shape = shapeOf(of('body'), event.getProperty('body').valueDeclaration?.type);
    for (const { value } of kinds) rows.set(value, rows.has(value) ? `${rows.get(value)}|${shape}` : shape);
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

async function pageOf(kind, where) {
  const lines = eventsOf(where).map(([event, shape]) => `${event}: ${JSON.stringify(shape)},`);
  const text = `/** What rows of a ${kind === 'kernel' ? 'case of any kind' : kind} say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const ${kind}Shapes: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`;
  const path = `${folder}/${kind}.ts`;
  return [path, await format(text, { ...(await resolveConfig(path)), parser: 'typescript' })];
}

const pages = await Promise.all(Object.entries(EVENTS).map(([kind, where]) => pageOf(kind, where)));
const stale = pages.filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
if (!process.argv.includes('--check')) {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of stale) writeFileSync(path, text);
} else if (stale.length > 0) {
  console.error('src/ledger/verify/shapes is not what the types of the events say: node scripts/shapes.mjs');
  process.exitCode = 1;
}
