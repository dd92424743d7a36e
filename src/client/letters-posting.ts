import { templates } from '../content/index.ts';
import type { Template } from '../content/index.ts';
import { counselLine, profileSchema } from '../contracts/policy.ts';
import type { Letter, LetterInput } from '../documents/letters.ts';
import { letterOf, missingFields } from '../documents/letters.ts';
import { postingFields, postingTexts } from '../documents/posting.ts';
import type { PostedAs } from '../documents/posting.ts';
import { roleRecord } from '../documents/role-record.ts';
import { peerTitleOnOther, phrase, titleOf, wordings } from '../documents/words.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { num } from '../domain/kernel/policy.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import type { EventOf } from '../domain/opening/events.ts';
import { servedElsewhere } from '../domain/opening/queries.ts';
import { isOver } from '../domain/opening/state.ts';
import type { OpeningState } from '../domain/opening/state.ts';
import { askHistory } from './ask-history.ts';
import { ReadingRefused, caseFor, readerOf } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { askRole, askRoleEvents, askTexts } from './ask-roles.ts';
import type { Reading } from './guard-load.ts';
import type { FoundInText, Guard } from './guard-texts.ts';
import { checkGiven, peopleIn } from './letters.ts';
import type { GivenForLetter } from './letters.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterPlace } from './letters-kinds.ts';

/** D3.1: whoever decides on the posting makes it. */
const writers: readonly Capacity[] = ['hr', 'hr_director'];
const surface = 'posting';
/** Parts that stand in it where there are words for them: the role's own, or the sender's. */
const promised = ['supervision', 'training', 'growth'] as const;

/** A posting, or what the language guard does not let go out. */
export type PostingMade =
  { readonly letter: Letter } | { readonly letter: null; readonly blocked: readonly FoundInText[] };

interface Place extends LetterPlace {
  readonly capacity: Capacity;
  readonly state: OpeningState;
}

async function placeOf(office: ReadingOffice, as: string, id: string): Promise<Place> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const capacity = writers.find((allowed) => sight.capacities.includes(allowed));
  if (one.held === null || capacity === undefined) throw new ReadingRefused('not_permitted', id);
  if (one.kind !== 'opening') throw new LetterRefused('letter_kind_wrong');
  const ref = one.held.base.terms;
  await office.terms.load(office.pool, office.org, [ref]);
  const terms = office.terms.get(ref);
  const state = one.held.own as OpeningState;
  return { office, reader, one, terms, today: dateOf(terms.calendar, reader.now), capacity, state };
}

/** When it went out, and as what; null before that. */
async function posted({ office, reader, one }: Place): Promise<{ at: Instant; body: Posted } | null> {
  const { list } = await askHistory(office, reader.as, one.case_id, { kind: 'posted' });
  const last = list.at(-1);
  return last === undefined ? null : { at: last.at, body: last.body as Posted };
}
type Posted = EventOf<'posted'>['body'];

/** X26: seats that another search fills are posted there. X28: while a posting rests, none hangs out. */
function nothingToPost(state: OpeningState): boolean {
  const { status } = state.posting;
  const out = status === 'posted' || status === 'closed';
  return servedElsewhere(state) || status === 'paused' || (isOver(state) && !out);
}

function asPosted(state: OpeningState, out: Posted | undefined): PostedAs {
  return {
    version: state.roleVersion,
    seats: state.seats.filter(({ st }) => st !== 'gone').length,
    on: out?.on ?? state.plannedPosting,
    until: out === undefined ? null : state.posting.closeOn,
    range: out?.range ?? null,
  };
}

/** What the role says of itself; of a posting that is out, as it was on that day. */
async function ofRole(place: Place) {
  const { office, reader, state } = place;
  const out = await posted(place);
  const events = await askRoleEvents(office, reader.as, state.role);
  const record = roleRecord(events.filter(({ at }) => out === null || at <= out.at));
  const refs = postingTexts(record, state.roleVersion);
  const texts = await askTexts(office, reader.as, refs);
  if (refs.some((ref) => !texts.has(ref))) throw new LetterRefused('posting_unread');
  const fields = postingFields(record, { texts, wordings }, asPosted(state, out?.body));
  if ('gaps' in fields) throw new LetterRefused('posting_not_ready', fields.gaps);
  const { team, kind } = (await askRole(office, reader.as, state.role)).state;
  const usual = {
    position_title: titleOf(kind),
    ...(team === undefined ? {} : { team_name: phrase(team) }),
  };
  return { ...fields, kind, usual: { ...fields.usual, ...usual } };
}

/** Every value is read like the words of a posting, whoever wrote it; the template's own words are clean. */
function blockedIn(template: Template, { values }: LetterInput, guard: Guard): readonly FoundInText[] {
  return template.fields.flatMap((field): readonly FoundInText[] => {
    const findings = [values[field] ?? []]
      .flat()
      .flatMap((text) => guard.findingsOf(surface, text))
      .filter(({ level }) => level === 'block');
    return findings.length === 0 ? [] : [{ field, surface, pack: guard.packOf(surface), findings }];
  });
}

/**
 * The posting of an opening (D3.1), made of the approved description of its version, the pay record and the days of the
 * opening; the sender adds only what the ledger does not know. Ends with the line about counsel until the profile was read.
 * @throws ReadingRefused, LetterRefused
 */
export async function makePosting(
  office: ReadingOffice,
  as: string,
  id: string,
  given: GivenForLetter,
  reading: Reading,
): Promise<PostingMade> {
  const place = await placeOf(office, as, id);
  if (nothingToPost(place.state)) throw new LetterRefused('letter_not_now');
  const template = templates().find((one) => one.kind === 'posting');
  if (template === undefined) throw new LetterRefused('letter_not_now');
  const role = await ofRole(place);
  const nobody = { template: template.id, person: null, fixed: {}, usual: {}, sections: [] };
  const people = await peopleIn(place, nobody, place.capacity);
  const { policy, profile } = place.terms;
  const fixed = {
    ...people.known,
    ...role.fixed,
    answer_days: String(num(policy, 'P3.1', 'within_bd')),
    counsel_line: counselLine(profileSchema.parse(profile)),
  };
  checkGiven(template, Object.keys(fixed), given);
  const values = { ...people.usual, ...role.usual, ...given.fields, ...fixed };
  const titles = [values['position_title'] ?? []].flat();
  if (titles.some((title) => peerTitleOnOther(role.kind, title))) throw new LetterRefused('posting_title');
  const parts = promised.filter((part) => Object.hasOwn(values, `${part}_text`));
  const input = { values, sections: new Set([...role.sections, ...parts]) };
  const missing = missingFields(template, input);
  if (missing.length > 0) throw new LetterRefused('letter_incomplete', missing);
  const blocked = await reading((guard) => blockedIn(template, input, guard));
  return blocked.length > 0 ? { letter: null, blocked } : { letter: letterOf(template, input) };
}
