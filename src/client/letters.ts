import { inForce } from '../domain/kernel/in-force.ts';
import { templates } from '../content/index.ts';
import type { Template } from '../content/index.ts';
import { counselLine, profileSchema } from '../contracts/policy.ts';
import { peopleByRefs } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { site } from '../directory/sites.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import { letterOf, missingFields } from '../documents/letters.ts';
import type { FieldValue, Letter } from '../documents/letters.ts';
import { letterDay } from '../documents/letters-words.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, caseClass, caseFor, readerOf } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { factsOfCandidacy } from './letters-candidacy.ts';
import { factsOfCheck } from './letters-check.ts';
import { factsOfJoining } from './letters-joining.ts';
import { LetterRefused, letterRules } from './letters-kinds.ts';
import type { LetterFacts, LetterKind, LetterPlace } from './letters-kinds.ts';
import { factsOfOrientation } from './letters-orientation.ts';

async function factsFor(place: LetterPlace, kind: LetterKind): Promise<LetterFacts> {
  switch (kind) {
    case 'offer':
    case 'ack':
    case 'status':
    case 'interview':
    case 'outcome':
      return factsOfCandidacy(place, kind);
    case 'pre-adverse':
    case 'final':
      return factsOfCheck(place, kind);
    case 'welcome':
    case 'mentor':
    case 'mentor-welcome':
    case 'referee':
      return factsOfJoining(place, kind);
    case 'orientation':
      return factsOfOrientation(place);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function contactOf(person: Person | undefined): string | undefined {
  if (person === undefined) return undefined;
  return [person.name, person.phone, person.email].filter((part) => part !== null).join(', ');
}

/** Sender, recipient, place and the officer whom anybody may ask for an accommodation. */
export async function peopleIn(place: LetterPlace, { person, named = {} }: LetterFacts, capacity: Capacity) {
  const { office, reader, one } = place;
  const officer = reader.assignments.find(
    (held) =>
      held.capacity === 'accommodation_officer' &&
      [one.site, office.org].includes(held.scope) &&
      inForce(held.from, held.to, reader.now),
  )?.person;
  const others = [person, officer ?? null, ...Object.values(named)].filter((ref) => ref !== null);
  const refs = [reader.as, ...others];
  const people = await peopleByRefs(office.pool, office.keys, office.org, refs);
  const sender = people.get(reader.as);
  const contact = contactOf(sender);
  const known = {
    recipient_name: person === null ? undefined : people.get(person)?.name,
    sender_name: sender?.name,
    ...Object.fromEntries(Object.entries(named).map(([field, ref]) => [field, people.get(ref)?.name])),
    site_name: (await site(office.pool, office.org, one.site)).name,
  };
  const usual = {
    sender_title: capacity.replaceAll('_', ' ').replace(/^hr\b/, 'HR'),
    ...{ sender_phone: sender?.phone ?? undefined, sender_email: sender?.email ?? undefined },
    ...{ feedback_contact: contact, reply_contact: contact, mentor_phone: sender?.phone ?? undefined },
    accommodation_contact: officer === undefined ? undefined : contactOf(people.get(officer)),
  };
  return { known: present(known), usual: present(usual) };
}

const present = (values: Readonly<Record<string, FieldValue | undefined>>): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  );

/** The case for its writer, with the terms it runs under. @throws ReadingRefused, LetterRefused */
async function placeOf(
  office: ReadingOffice,
  as: string,
  kind: LetterKind,
  id: string,
): Promise<{ readonly place: LetterPlace; readonly capacity: Capacity }> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const { of: belongs, by } = letterRules[kind];
  const capacity = by.find((allowed) => sight.capacities.includes(allowed));
  if (one.held === null || capacity === undefined) throw new ReadingRefused('not_permitted', id);
  if (one.kind !== belongs) throw new LetterRefused('letter_kind_wrong');
  const ref = one.held.base.terms;
  await office.terms.load(office.pool, office.org, [ref]);
  const terms = office.terms.get(ref);
  return { place: { office, reader, one, terms, today: dateOf(terms.calendar, reader.now) }, capacity };
}

/** What may be said in a document, and what the ledger says alone. @throws LetterRefused */
export function checkGiven(template: Template, facts: readonly string[], given: GivenForLetter): void {
  const sections = template.sections.map(({ name }) => name);
  const strange = [
    ...Object.keys(given.fields).filter(
      (name) => !template.fields.includes(name) && !given.standing.has(name),
    ),
    ...given.sections.filter((name) => !sections.includes(name)),
  ];
  if (strange.length > 0) throw new LetterRefused('letter_field_unknown', strange);
  const known = Object.keys(given.fields).filter((name) => facts.includes(name) && !given.standing.has(name));
  if (known.length > 0) throw new LetterRefused('letter_field_known', known);
}

/** What the sender adds. */
export interface GivenForLetter {
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Names of fields that come from a house's standing list: passed over where a letter has no use for them. */
  readonly standing: ReadonlySet<string>;
  readonly sections: readonly string[];
}

/**
 * A letter of a case. Terms come from the ledger alone, those of an offer from the version that two people approved;
 * the line about counsel from the profile the case runs under. Making one is a reading of the case, and recorded.
 * @throws ReadingRefused, LetterRefused
 */
export async function makeLetter(
  office: ReadingOffice,
  as: string,
  kind: LetterKind,
  id: string,
  given: GivenForLetter,
): Promise<Letter> {
  const { place, capacity } = await placeOf(office, as, kind, id);
  const facts = await factsFor(place, kind);
  const template = templates().find((one) => one.id === facts.template);
  if (template === undefined) throw new LetterRefused('letter_not_now');
  const people = await peopleIn(place, facts, capacity);
  const counsel_line = counselLine(profileSchema.parse(place.terms.profile));
  const letter_date = letterDay(place.today);
  const fixed = { ...people.known, ...facts.fixed, letter_date, counsel_line };
  checkGiven(template, Object.keys(fixed), given);
  const input = {
    values: { ...people.usual, ...facts.usual, ...given.fields, ...fixed },
    sections: new Set([...facts.sections, ...given.sections]),
  };
  const missing = missingFields(template, input);
  if (missing.length > 0) throw new LetterRefused('letter_incomplete', missing);
  const classes = [caseClass[letterRules[kind].of]];
  await recordReading(office, place.reader, { what: 'letter', refs: [id], classes });
  return letterOf(template, input);
}
