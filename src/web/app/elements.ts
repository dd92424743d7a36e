/** The elements of a peer role, by what each is about. */
const elements: Readonly<Record<string, string>> = {
  E1: 'Goals of the role',
  E2: 'What the person brings',
  E3: 'Duties',
  E4: 'Training',
  E5: 'Access to records',
  E6: 'Supervision',
  E7: 'Boundaries',
  E8: 'Confidentiality',
  E9: 'Talking about own experience',
  E10: 'Sick leave',
  E11: 'Place in the team',
  E12: 'Focus or specialty',
  E13: 'Growth',
};

export const elementCodes: readonly string[] = Object.keys(elements);

/** What an element is about; a code nobody knows says itself. */
export const elementName = (code: string): string =>
  Object.hasOwn(elements, code) ? (elements[code] ?? code) : code;
