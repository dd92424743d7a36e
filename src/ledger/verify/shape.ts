/** What a value may be, read once from its text. Answers where it is otherwise: a path of names, or null where it fits. */
export type Fits = (value: unknown) => string | null;

const HERE = '';
const OPAQUE = '[0-9a-z]{26}';

const matches =
  (pattern: RegExp): Fits =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? null : HERE;

/** `string`: a code, a ref, or a list of them; a row never holds anything somebody wrote in words. */
const formats: Readonly<Record<string, Fits>> = {
  string: matches(/^[\x21-\x7e]{0,400}$/),
  number: (value) => (typeof value === 'number' ? null : HERE),
  boolean: (value) => (typeof value === 'boolean' ? null : HERE),
  instant: (value) => (Number.isSafeInteger(value) ? null : HERE),
  day: matches(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
  time: matches(/^(?:[01]\d|2[0-4]):[0-5]\d$/),
  person: matches(new RegExp(`^prs_${OPAQUE}$`)),
  case: matches(new RegExp(`^[a-z]+-${OPAQUE}$`)),
  site: matches(new RegExp(`^site_${OPAQUE}$`)),
};

const exactly =
  (one: unknown): Fits =>
  (value) =>
    value === one ? null : HERE;

function oneOf(all: readonly Fits[]): Fits {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return (value) => {
    const found = all.map((fits) => fits(value));
    if (found.includes(null)) return null;
    // The one that came furthest says best what is wrong.
    return found.reduce<string>((a, b) => (b !== null && b.length > a.length ? b : a), HERE);
  };
}

const listOf =
  (item: Fits): Fits =>
  (value) => {
    if (!Array.isArray(value)) return HERE;
    for (const [n, one] of value.entries()) {
      const wrong = item(one);
      if (wrong !== null) return `[${n}]${wrong}`;
    }
    return null;
  };

const tupleOf =
  (items: readonly Fits[]): Fits =>
  (value) => {
    if (!Array.isArray(value) || value.length !== items.length) return HERE;
    for (const [n, item] of items.entries()) {
      const wrong = item(value[n]);
      if (wrong !== null) return `[${n}]${wrong}`;
    }
    return null;
  };

interface Field {
  readonly fits: Fits;
  readonly optional: boolean;
}

const plain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectOf(fields: ReadonlyMap<string, Field>): Fits {
  const needed = [...fields].filter(([, { optional }]) => !optional).map(([name]) => name);
  return (value) => {
    if (!plain(value)) return HERE;
    for (const name of needed) if (!Object.hasOwn(value, name)) return `.${name}`;
    for (const [name, one] of Object.entries(value)) {
      const field = fields.get(name);
      // What is not known by name is not repeated: it could be anything.
      if (field === undefined) return '.?';
      const wrong = field.fits(one);
      if (wrong !== null) return `.${name}${wrong}`;
    }
    return null;
  };
}

/** Any names, each a code or a ref. */
function tableOf(each: Fits): Fits {
  const name = formats['string'];
  return (value) => {
    if (!plain(value)) return HERE;
    for (const [key, one] of Object.entries(value)) {
      const wrong = name?.(key) === null ? each(one) : HERE;
      if (wrong !== null) return `.*${wrong}`;
    }
    return null;
  };
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|\[\]|[A-Za-z_$][\w$]*|[{}()[\]|,:?*])/y;

/** Reads the text of a shape, from left to right. */
class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  /** @throws when the text holds what no shape does: a fault of the release, found when it is first read */
  constructor(text: string) {
    const tokens: string[] = [];
    for (let from = 0; from < text.length; from = TOKEN.lastIndex) {
      TOKEN.lastIndex = from;
      const token = TOKEN.exec(text)?.[1];
      if (token === undefined) throw new Error(`shape_malformed: ${text.slice(from)}`);
      tokens.push(token);
    }
    this.tokens = tokens;
  }

  whole(): Fits {
    const fits = this.union();
    if (this.at !== this.tokens.length) throw new Error(`shape_malformed: ${this.tokens[this.at] ?? ''}`);
    return fits;
  }

  private union(): Fits {
    const all = [this.many()];
    while (this.takes('|')) all.push(this.many());
    return oneOf(all);
  }

  private many(): Fits {
    let one = this.one();
    while (this.takes('[]')) one = listOf(one);
    return one;
  }

  private one(): Fits {
    if (this.takes('{')) return this.object();
    if (this.takes('[')) return tupleOf(this.until(']'));
    if (this.takes('(')) {
      const inner = this.union();
      this.must(')');
      return inner;
    }
    const token = this.tokens[this.at++] ?? '';
    if (Object.hasOwn(formats, token)) return formats[token]!;
    return exactly(JSON.parse(token));
  }

  private until(end: string): Fits[] {
    const items = [this.union()];
    while (this.takes(',')) items.push(this.union());
    this.must(end);
    return items;
  }

  private object(): Fits {
    const fields = new Map<string, Field>();
    while (!this.takes('}')) {
      const name = this.tokens[this.at++] ?? '';
      const optional = this.takes('?');
      this.must(':');
      fields.set(name.startsWith('"') ? (JSON.parse(name) as string) : name, {
        fits: this.union(),
        optional,
      });
      this.takes(',');
    }
    const any = fields.get('*');
    return any === undefined ? objectOf(fields) : tableOf(any.fits);
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private must(token: string): void {
    if (!this.takes(token)) throw new Error(`shape_malformed: ${token} before ${this.tokens[this.at] ?? ''}`);
  }
}

/**
 * Reads what a value may be, in the words of a type: `{on: day, how: "met"|"kept", by?: person, all: string[]}`. An object
 * holds the named members and no others; `*` stands for any name; `?` for one that may be left out.
 * @throws when the text is no shape
 */
export function shapeOf(text: string): Fits {
  return new Reader(text).whole();
}
