import { describe, expect, it } from 'vitest';
import { ImportRefused, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, readRows } from '../../src/client/import-rows.ts';
import { checkField } from '../../src/directory/person-fields.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readRows(bytes(text));

/** What a file is refused for, and in which words. */
function refusal(given: Uint8Array): ImportRefused {
  try {
    readRows(given);
  } catch (error) {
    if (error instanceof ImportRefused) return error;
    throw error;
  }
  throw new Error('not refused');
}
const refused = (text: string) => refusal(bytes(text));

const two = 'name,email\nAmal Reyes,amal@example.org\nJo Park,jo@example.org\n';

describe('a file of applicants', () => {
  it('gives its rows with the lines they begin at', () => {
    expect(read(two)).toEqual({
      errors: [],
      rows: [
        {
          ...{ line: 2, key: 'amal@example.org', name: 'Amal Reyes', email: 'amal@example.org' },
          ...{ phone: null, zone: null, channel: 'mail' },
        },
        {
          ...{ line: 3, key: 'jo@example.org', name: 'Jo Park', email: 'jo@example.org' },
          ...{ phone: null, zone: null, channel: 'mail' },
        },
      ],
    });
  });

  it.each([
    ['name;email\nAmal Reyes;amal@example.org\n', 'semicolons'],
    ['name\temail\nAmal Reyes\tamal@example.org\n', 'tabs'],
  ])('is told that columns are set apart by commas, where %j has others', (text, mark) => {
    const no = refused(text);
    expect(no.code).toBe('not_commas');
    expect(no.message).toContain(mark);
    expect(no.message).toContain('commas');
    expect(no.message).not.toContain('Amal');
    expect(refused('Amal Reyes,amal@example.org\n').code).toBe('columns_missing');
  });

  it('may have a byte order mark, other line ends, other order of columns, quotes, empty lines', () => {
    const text =
      '\uFEFFEmail, Name ,key\r\n\r\namal@example.org,"Reyes, Amal",7\r\nzoe@example.org,Zoë Ñandú,8\r\n';
    const { rows, errors } = read(text);
    expect(errors).toEqual([]);
    expect(rows.map(({ line, name, key }) => [line, name, key])).toEqual([
      [3, 'Reyes, Amal', '7'],
      [4, 'Zoë Ñandú', '8'],
    ]);
  });

  it('tells rows apart by key, then address in any case, then telephone', () => {
    const text = 'key,name,email,phone\nA1,One,x@example.org,\n,Two,Y@Example.org,\n,Three,,555 0100\n';
    expect(read(text).rows.map((row) => row.key)).toEqual(['A1', 'y@example.org', '555 0100']);
  });

  it('counts lines on through a line break in quotes', () => {
    const { errors, rows } = read('name,email\n"Amal\nReyes",a@example.org\nJo,jo@example.org\n');
    expect(errors).toEqual([{ line: 2, code: 'not_valid', column: 'name' }]);
    expect(rows.map((row) => row.line)).toEqual([4]);
  });
});

describe('a file that is refused as a whole', () => {
  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x6e, 0x00, 0x61, 0x00])],
    ['Latin-1', new Uint8Array([...bytes('name,email\nZo'), 0xeb, ...bytes(',z@example.org\n')])],
  ])('is not UTF-8: %s', (_, given) => {
    expect(refusal(given)).toMatchObject({ code: 'encoding_wrong' });
  });

  it.each([
    ['no column names', 'Amal Reyes,amal@example.org\n', 'columns_missing'],
    ['an empty file', '', 'columns_missing'],
    ['a name is missing', 'email\namal@example.org\n', 'columns_missing'],
    ['a column twice', 'name,email,email\nA,a@example.org,b@example.org\n', 'columns_double'],
    ['semicolons', 'name;email\nA;a@example.org\n', 'not_commas'],
    ['nobody in it', 'name,email\n', 'no_rows'],
    ['a quote that stays open', 'name,email\n"Amal,a@example.org\n', 'csv_broken'],
  ])('%s', (_, text, code) => {
    expect(refused(text).code).toBe(code);
  });

  it.each(['attested', 'lived_experience', 'diagnosis', 'notes'])(
    'D2.4 never imports what candidates say about themselves: %s',
    (column) => {
      const error = refused(`name,email,${column}\nAmal Reyes,amal@example.org,yes\n`);
      expect(error.code).toBe('columns_unknown');
      expect(error.message).toContain(column);
      expect(error.message).toContain('never imported');
    },
  );

  it('repeats nobody’s words: a cell of the first line may be a name', () => {
    const error = refused('name,Amal Reyes\nJo,x\n');
    expect(error.message).toContain('number 2');
    expect(error.message).not.toContain('Amal');
    expect(refused('Amal Reyes,amal@example.org\n').message).not.toContain('amal@');
  });

  it('has more rows, or bytes, than an opening has applicants', () => {
    const row = (n: number): string => `Person ${n},p${n}@example.org\n`;
    const many = Array.from({ length: MAX_IMPORT_ROWS + 1 }, (_, n) => row(n));
    expect(refused(`name,email\n${many.join('')}`).code).toBe('too_many_rows');
    expect(read(`name,email\n${many.slice(1).join('')}`).rows).toHaveLength(MAX_IMPORT_ROWS);
    expect(refusal(new Uint8Array(MAX_IMPORT_BYTES + 1)).code).toBe('file_too_long');
  });
});

describe('rows that cannot be imported', () => {
  it('are listed by line and column, all of them, without what stands there', () => {
    const text = [
      ...['name,email,zone', 'Amal Reyes,not an address,America/New_York', ',jo@example.org,'],
      ...['Kim,kim@example.org,Mars/Olympus', 'Lou,lou@example.org', 'Nobody,,', 'Ok,ok@example.org,'],
      'Ok Again,OK@example.org,',
    ].join('\n');
    const { rows, errors } = read(text);
    expect(rows.map((row) => row.line)).toEqual([7]);
    expect(errors).toEqual([
      { line: 2, code: 'not_valid', column: 'email' },
      { line: 3, code: 'empty', column: 'name' },
      { line: 4, code: 'not_valid', column: 'zone' },
      { line: 5, code: 'cells_wrong' },
      { line: 6, code: 'no_key', column: 'key' },
      { line: 8, code: 'twice_in_file', column: 'key' },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/Amal|address|Mars/);
  });

  it('R3.4 are people who stand in the file already under another key, by address or telephone', () => {
    const text = [
      ...['key,name,email,phone', 'A1,Amal Reyes,amal@example.org,+1 312 555 0100'],
      ...['A2,Amal Reyes,AMAL@example.org ,', 'A3,AMAL REYES,,+1 (312) 555-0100'],
      // Two who live in one house.
      'A4,Kim Lee,kim@example.org,+1 312 555 0100',
    ].join('\n');
    const { rows, errors } = read(text);
    expect(rows.map((row) => row.key)).toEqual(['A1', 'A4']);
    expect(errors).toEqual([
      { line: 3, code: 'twice_in_file', column: 'email' },
      { line: 4, code: 'twice_in_file', column: 'phone' },
    ]);
  });

  it('R3.4 are the same key in another way of writing its letters, and the name is taken in one way', () => {
    const { rows, errors } = read('key,name\nZo\u00EB,Zo\u00EB\nZoe\u0308,Zoe\u0308\nZo,Zoe\u0308\n');
    expect(errors).toEqual([{ line: 3, code: 'twice_in_file', column: 'key' }]);
    expect(rows.map((row) => row.name)).toEqual(['Zo\u00EB', 'Zo\u00EB']);
  });

  it('R3.4 are names and keys with signs that turn the direction of writing', () => {
    const { rows, errors } = read('key,name\nA\u202E1,Jo Park\nB,\u2066Kim\u2069\nC,Lou\n');
    expect(rows.map((row) => row.key)).toEqual(['C']);
    expect(errors).toEqual([
      { line: 2, code: 'turns_writing', column: 'key' },
      { line: 3, code: 'turns_writing', column: 'name' },
    ]);
    expect(() => checkField('name', 'Jo \u202EPark')).toThrow('direction of writing');
    expect(() => checkField('name', 'Zoe\u0308 O\u2019Neill')).not.toThrow();
  });
});
