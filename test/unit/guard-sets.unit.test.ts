import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = (name: string): string => new URL(`../guards/${name}/`, import.meta.url).pathname;

interface Line {
  readonly id: string;
  readonly text: string;
  readonly level: string;
  readonly codes: readonly string[];
}

function linesOf(name: string): readonly Line[] {
  const files = readdirSync(folder(name)).filter((file) => file.endsWith('.jsonl'));
  return files.flatMap((file) =>
    readFileSync(folder(name) + file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  );
}

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .trim();

describe('the lines of the guards', () => {
  it('are taught or measured on, never both', () => {
    const taught = new Set(linesOf('sets').map((line) => bare(line.text)));
    const both = linesOf('held-out').filter((line) => taught.has(bare(line.text)));
    expect(both.map((line) => line.id)).toEqual([]);
    expect(taught.size).toBeGreaterThan(2000);
  });

  it('have one id each, and a code where they are to be found', () => {
    for (const name of ['sets', 'held-out']) {
      const lines = linesOf(name);
      expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
      const odd = lines.filter((line) => (line.level === 'block') !== line.codes.length > 0);
      expect(odd.filter((line) => line.level !== 'review').map((line) => line.id)).toEqual([]);
    }
  });
});
