const office = 'person: person, capacity: string, scope: string';

/** What the rows of the organization's own streams say. */
export const houseShapes: Readonly<Record<string, string>> = {
  policy_applied: '{site: site, policy: string, profile: string}',
  calendar_applied: '{site: site, calendar: string}',
  comparator_recorded: '{site: site, comparator: null|string}',
  assigned: `{id: string, ${office}, until?: instant, asked?: string}`,
  assignment_ended: `{id?: string, ${office}, until?: instant}`,
  delegated: '{id: string, absent: person, standIn: person, until: instant|null}',
  delegation_ended: '{absent: person}',
  person_added: '{person: person}',
  person_changed: '{person: person, fields: string[]}',
  read: '{what: string, refs: string[], classes: ("C2"|"C3")[]}',
  login_given: '{person: person}',
  login_ended: '{person: person}',
  login_linked: '{person: person}',
  access_ended: '{person: person}',
  office_asked: `{id: string, ${office}, until?: instant}`,
  office_refused: '{id: string, person: person}',
  purged: '{case: case, retention: string, from: string, texts: number}',
  erased: '{person: person}',
  erased_again: '{people: person[], texts: number, copy: string}',
  copied: '{copy: string, position: number}',
  drilled: '{copy: string, position: number, ok: boolean, code?: string}',
  ledger_restored: '{gaps: {case: case, ledger: number, run: null|number}[]}',
  anchors_lost: '{lost: {position: number, hash: string}[]}',
};
