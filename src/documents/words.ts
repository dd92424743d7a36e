import { peerKind } from '../domain/role/words.ts';

/** Headings of the elements of a peer role (S000); elements of other kinds of role are named by their code. */
const headings: Readonly<Record<string, string>> = {
  E1: 'What the role is for',
  E2: 'What the person brings',
  E3: 'What the role does and does not do',
  E4: 'Training we provide',
  E5: 'Access to records',
  E6: 'Supervision',
  E7: 'Boundaries',
  E8: 'Confidentiality',
  E9: 'Sharing own experience',
  E10: 'Sick leave',
  E11: 'Place in the team',
  E12: 'Focus',
  E13: 'Growth',
};

/** @returns a heading for an element. */
export function elementHeading(element: string): string {
  return headings[element] ?? phrase(element.toLowerCase());
}

/** A code as words with a capital: `less_isolation` → `Less isolation`; short capital codes stay as they are. */
export function phrase(code: string): string {
  if (/^[A-Z0-9_]{1,6}$/.test(code)) return code;
  const words = code.replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The one title of a peer role. */
const PEER_TITLE = 'Peer support specialist';

/** @returns the title a role is shown under, unless another one is given (R1.6) */
export function titleOf(kind: string): string {
  return kind === peerKind ? PEER_TITLE : phrase(kind);
}

/** True for a title that sells a role of another kind as a peer role (R1.6, issue 1 of S002). */
export function peerTitleOnOther(kind: string, title: string): boolean {
  return kind !== peerKind && /\bpeers?\b|\blived[ -]experience\b/iu.test(title);
}

/** Printed forms of the approved wordings on lived experience (D2.4): A for adults, B for family and youth roles. */
export const wordings: Readonly<Record<string, string>> = {
  approved_text_A:
    'This role asks you to draw on your own experience of mental-health or substance-use recovery in supporting others. You choose what you share.',
  approved_text_B:
    'This role asks you to draw on your own experience, as a caregiver or as a young person, of living with mental-health or substance-use challenges in the family, in supporting others. You choose what you share.',
};
