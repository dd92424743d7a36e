/** What can be wrong with a row of a file of applicants, in words: on the command line and in the console the same. */
const words: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  not_valid: 'it does not have the form it must have',
  turns_writing: 'it has a sign nobody sees that turns the direction of writing; type it anew',
  cells_wrong: 'the row has more or fewer cells than there are columns',
  no_key: 'nothing tells this row apart: give it a key, a mail address or a telephone number',
  twice_in_file: 'another row has the same key or mail address, or the same name and telephone number',
  other_details: 'this applicant was imported before with other details; change the person instead',
  applies_already:
    'somebody with the same mail address, or the same name and telephone number, applies to this opening already',
  erased: 'this applicant was erased and is not entered again',
};

/** @returns the words for the code of a fault, or null where a rule refused the row */
export const rowFault = (code: string): string | null =>
  Object.hasOwn(words, code) ? (words[code] ?? null) : null;
