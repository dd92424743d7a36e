/** Words for codes that say nothing by themselves: duties that are not work of the role, and fields of the monthly form. */
const labels: Readonly<Record<string, string>> = {
  P_MED_ADMIN: 'Giving or counting medication',
  P_MED_ENFORCE: 'Making people take medication',
  P_REP_PAYEE: 'Managing a person’s money',
  P_DIAG: 'Assessment, diagnosis or intake interviews',
  P_THERAPY: 'Giving therapy',
  P_INFORMANT: 'Gathering information on people for the team',
  P_COERCE: 'Restraint, seclusion, or escorting against somebody’s will',
  P_URINE: 'Collecting specimens',
  P_SURVEIL: 'Home checks for compliance',
  P_TXPLAN_OWN: 'Writing the treatment plan',
  P_SOLE_CRISIS: 'Being the only cover in a crisis',
  N_DRIVER: 'Transport as a standing duty',
  N_CLERICAL: 'Office and filing work',
  N_CLEAN: 'Cleaning',
  N_ERRANDS: 'Errands for the team',
};

/** Names of fields that need more than their own word. */
const fields: Readonly<Record<string, string>> = {
  core: 'Work that is the heart of the role, in per cent',
  support: 'Work that supports it, in per cent',
  shared: 'Work shared by the whole team, in per cent',
  nonPeer: 'Work that is not of the role, in per cent',
  prohibited: 'Any of these this month',
  cites: 'What a rating below expectations rests on: session:DAY or action:CODE',
  form: 'Name of the form',
  scale: 'Name of the scale',
  dayOne: 'Day one',
  onBehalfOf: 'In whose place',
  of: 'Receipt of what',
  on: 'Day',
  at: 'Time',
  held: 'Held on',
  meeting: 'Number of the meeting',
  question: 'Question',
  library: 'From the duty library',
  site: 'Place of work',
  leftOut: 'Left out of the team',
  family: 'Short name of the role, if several teams define it',
  team: 'Short name of the team',
  roleVersion: 'Version of the role',
  hiringManager: 'Hiring manager',
  inRole: 'Works in a peer role',
  outside: 'Comes from another organization',
  plannedPosting: 'Planned day of the posting',
  closeOn: 'Last day',
  attested: 'They ticked the statement about lived experience themselves',
  way: 'How it came',
  row: 'Number in the list it came from',
  seat: 'Seat',
  pack: 'Pack of rules',
  secondTrained: 'Training of the second supervisor',
  second: 'Second supervisor',
  willNotLookUp: 'I will not look any applicant up',
  firstDay: 'First day of interviews',
  lastDay: 'Last day of interviews',
  amount: 'Pay per hour',
  hours: 'Hours a week',
  version: 'Version of the offer',
  decideBy: 'Decided by',
  organization_name: 'Name of the organization',
  ways_to_apply: 'Ways to apply',
  hours_per_week: 'Hours a week, in words',
  benefits_summary: 'Benefits, in short',
  next_step: 'The next step',
};

/** @returns the words for a code, or null where the code speaks for itself */
export const labelOf = (code: string): string | null =>
  Object.hasOwn(labels, code) ? (labels[code] ?? null) : null;

/** @returns the words for a field, or null where its name speaks for itself */
export const fieldLabelOf = (name: string): string | null =>
  Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
