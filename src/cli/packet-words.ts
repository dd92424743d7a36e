import type { Happened } from '../client/ask-history.ts';
import type { Packet } from '../client/ask-packet.ts';
import type { DescriptionBlock } from '../documents/description.ts';
import { when } from './sentences.ts';

export type Body = Readonly<Record<string, unknown>>;
export const bodyOf = (row: Happened | undefined): Body => (row?.body ?? {}) as Body;
export const heading = (text: string): DescriptionBlock => ({ is: 'heading', text });
export const paragraph = (text: string): DescriptionBlock => ({ is: 'paragraph', text });
export const listed = (items: readonly string[], none: string): DescriptionBlock =>
  items.length === 0 ? paragraph(none) : { is: 'list', items };
export const tabled = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): DescriptionBlock => (rows.length === 0 ? paragraph(none) : { is: 'table', head, rows });
/** A code as words; one in capitals is the name of a rule or a reason and stays. */
const coded = (code: string): string => (/^[A-Z]/.test(code) ? code : code.replaceAll('_', ' '));
export const words = (codes: readonly unknown[]): string =>
  codes.map((code) => coded(String(code))).join(', ');
export const array = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];

/** Writes instants and people of one packet. */
export interface Pen {
  readonly at: (instant: number | null) => string;
  readonly who: (ref: string | null) => string;
}

export function penOf(packet: Packet): Pen {
  return {
    at: (instant) => (instant === null ? '' : when(instant, packet.zone)),
    who: (ref) => (ref === null ? '' : (packet.names.get(ref) ?? ref)),
  };
}

/** A ref of a person, a text or a case, or something that holds one. */
export const isRef = (word: string): boolean =>
  /(prs|txt|vlt|site|org)_|(readiness|role|opening|candidacy|employment|review|clock)-[0-9a-z]/.test(word);

/** Fields that stay in the ledger: what only the machine reads, and what a talk was about (R6.2). */
const machineFields: ReadonlySet<string> = new Set([
  'mark',
  'obligation',
  'due',
  'announced',
  'version',
  'topics',
]);

/** A field's name as words: `closeOn` → `close on`. */
const fieldName = (key: string): string =>
  key
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll('_', ' ')
    .trim();

function plainValue(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && !isRef(value) && CODE.test(value)) return coded(value);
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const codes = list.filter((one) => typeof one === 'string').filter((one) => !isRef(one) && CODE.test(one));
  return codes.length === list.length && list.length > 0 ? codes.map(coded).join(', ') : null;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9_ .:/-]{0,40}$/;

/** Codes, days, counts and lists of codes of a row, in words; refs and what is nested stay in the ledger. */
export function detail(body: object | null): string {
  return Object.entries(body ?? {})
    .flatMap(([key, value]: [string, unknown]) => {
      const said = machineFields.has(key) ? null : plainValue(value);
      return said === null ? [] : [`${fieldName(key)} ${said}`];
    })
    .join(', ');
}
