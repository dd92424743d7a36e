import type { Who } from '../client/ask-names.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import type { Missing, Refusal } from '../domain/kernel/refusal.ts';
import { fullTime } from '../notify/dates.ts';
import { doingHere, doingOf, followsOf, silenceOf } from './doing.ts';
import { ruleText } from './rules.ts';
import { neededWords } from './words-needed.ts';
import { standingWords } from './words-standing.ts';

/** @returns an instant at a place, with the year and the zone by name. */
export function when(at: number, zone: string): string {
  return fullTime(at, zone, 'en-GB');
}

const spaced = (code: string): string => code.replaceAll('_', ' ');

/** @returns who, as far as the reader may know: a name, else a ref, else that nobody holds the capacity. */
export function whoText(who: Who): string {
  const capacity = who.capacity === null ? '' : ` (${spaced(who.capacity)})`;
  if (who.person === null) return `whoever is ${spaced(who.capacity ?? 'responsible')} (nobody is assigned)`;
  const person = `${who.name ?? who.person}${capacity}`;
  return who.standIn === null ? person : `${who.standInName ?? who.standIn}, standing in for ${person}`;
}

function remindedText(times: number): string {
  if (times <= 0) return 'not asked by mail yet';
  if (times === 1) return 'asked once';
  return times === 2 ? 'reminded once' : `reminded ${times - 1} times`;
}

function silenceText(waiting: Waiting): string {
  const { why, nextTo, zone } = waiting;
  if (why.masked) return '';
  const end = silenceOf(why.atSilence);
  if (why.rung === null) return `if nothing happens: ${end}`;
  const date = when(why.rung.at, zone);
  if (nextTo.length === 0) return `if nothing happens: ${end} on ${date}`;
  const is = nextTo.length === 1 ? 'is' : 'are';
  return `if nothing happens: ${nextTo.map(whoText).join(' and ')} ${is} asked on ${date}; in the end ${end}`;
}

/**
 * Why something waits, in one sentence. Masked, it says one thing: HR has it, and by when.
 * Zones are always printed: a reader may sit elsewhere.
 */
export function whySentence(waiting: Waiting): string {
  const { why, who, zone, unreached } = waiting;
  if (why.masked || who === null) return `Waiting for HR · due ${when(why.due, zone)}`;
  return [
    `Waiting for ${whoText(who)} to ${doingHere(why)} [${why.code}]`,
    `since ${when(why.since, zone)}`,
    `due ${when(why.due, zone)}${waiting.late ? ' (late)' : ''}`,
    remindedText(why.reminded),
    silenceText(waiting),
    ...(unreached === null ? [] : [`not reached: ${whoText(unreached)}`]),
    ...(why.next === null ? [] : [`then: ${followsOf(why.next)}`]),
  ].join(' · ');
}

const refusals: Readonly<Record<Refusal['code'], string>> = {
  malformed: 'The command does not have the form it must have.',
  unknown_command: 'This kind of case has no such command.',
  unknown_case: 'There is no such case.',
  not_open: 'The case is not open, or was never opened.',
  already_open: 'The case is open already.',
  stale: 'What you saw has changed since. Look at the current version and decide again.',
  oversized: 'The command is larger than a command may be.',
  not_permitted: 'You may not decide this.',
  gate_not_passed: 'A gate stands before this, and it does not hold yet.',
  rule_blocks: 'A rule does not allow this.',
  acknowledgement_needed:
    'This goes against a rule that warns. Repeat it with --acknowledge and the rule’s code.',
  decision_id_reused: 'This decision id was used for something else. Choose a new one.',
  not_expected_now: 'The case is not at a point where this has a meaning.',
  nothing_to_do: 'There is nothing to do: it is so already.',
  unknown_reference: 'Something the command names does not exist here.',
  untrusted: 'The command could not be vouched for.',
  out_of_calendar: 'This reaches beyond the site’s calendar. Put a longer calendar in force.',
  rules_failed: 'The rules failed on this command; nothing was changed. The worker’s log has the code.',
};

const missingTexts: Readonly<Record<string, string>> = {
  ...neededWords,
  ...standingWords,
  waiting_for_hr: 'something that HR has in hand',
  no_delegation: 'you stand in for nobody here: a delegation in force is needed',
  sign_in_needed: 'this is not answered from a message: sign in first',
  own_case: 'about themselves nobody answers in somebody else’s place, and nobody answers for them',
  known: 'a command this case knows',
  case: 'a case id of the form <kind>-<26 letters or digits>',
  site: 'a site with terms in force (see "peer-hire site list")',
  calendar_to: 'a calendar of the site that goes on after {}',
  duty_in_library: 'a duty of the library (see "peer-hire toolbox duties"):',
  cited_on_record: 'a session or an action that is on the record of this employment, and not –',
  person_known: 'somebody in the directory (see "peer-hire people list"):',
  invalid_type: 'missing, or of another type:',
  invalid_format: 'not of the form expected:',
  invalid_value: 'not one of the values allowed:',
  unrecognized_keys: 'a field nobody knows, in:',
  too_small: 'too small or too short:',
  too_big: 'too large or too long:',
  custom: 'not accepted:',
  too_deep: 'nested too deeply',
  text_twice: 'one text in two places; each text has one',
  at_most_bytes: 'at most this many bytes:',
  unstorable_text: 'characters that cannot be kept',
  not_json: 'a value JSON cannot hold',
  key: 'a field under another name',
  text: 'a text that was typed for this command, or stands in this case:',
};

/** What it is about stands where the words have room for it, else behind them. */
function withAbout(words: string, about: string): string {
  if (words.includes('{}')) return words.replace('{}', about).replaceAll(/\s+/g, ' ').trim();
  if (about === '') return words.replace(/:$/, '');
  return words.endsWith(':') ? `${words} ${about}` : `${words} – ${about}`;
}

/** @returns one missing thing in words; a rule, a decision and a prompt with their code. */
export function missingText(one: Missing): string {
  const { code, about = '' } = one;
  const who = one.who === undefined ? '' : ` (from ${one.who})`;
  if (code === 'unrecognized_keys' && about === '') return 'a field nobody knows';
  if (code === 'needs_capacity') return `needs somebody who is ${spaced(about)} here`;
  const words = Object.hasOwn(missingTexts, code) ? missingTexts[code] : undefined;
  return `${withAbout(words ?? codeText(code), about)}${who}`;
}

function codeText(code: string): string {
  const rule = ruleText(code);
  if (rule !== null) return `${code}: ${rule}`;
  if (/^(?:[NPQ]_|L\d)/.test(code)) return `${code}: what the guard found in the text`;
  return /^[PDG]\d/.test(code) ? `${code}: ${doingOf(code)}` : spaced(code);
}

/** @returns the topic of `learn` that explains a gate; none for a rule, or a gate without a card (G6, G8). */
export function learnTopic(gate: string | undefined): { readonly learn?: string } {
  return gate !== undefined && /^G[0-5](\.\d)?$/.test(gate) ? { learn: gate.slice(0, 2) } : {};
}

/** @returns where it says why a gate asks what it asks. */
export function learnLine(gate: string | undefined): readonly string[] {
  const { learn } = learnTopic(gate);
  return learn === undefined ? [] : [`Why it asks for this: peer-hire learn ${learn}`];
}

/** @returns a refusal in words: what it is, by which rule, and everything that is missing. */
export function refusalLines(refusal: Refusal): readonly string[] {
  const rule = refusal.rule === undefined ? '' : ` ${refusal.rule}`;
  const words = refusal.rule === undefined ? null : ruleText(refusal.rule);
  const because = words === null ? '' : ` ${refusal.rule ?? ''}: ${words}.`;
  const head = `Refused (${refusal.code}${rule}). ${refusals[refusal.code]}${because}`;
  const learn = learnLine(refusal.rule);
  if (refusal.missing.length === 0) return [head, ...learn];
  // A kind of case has some fifty commands: one line of names, and not a list to scroll through.
  if (refusal.code === 'unknown_command') {
    const names = refusal.missing.flatMap(({ about }) => about ?? []).toSorted();
    return [head, `It knows: ${names.join(', ')}.`];
  }
  const lead = refusal.code === 'not_permitted' ? 'Who may:' : 'What is missing:';
  return [head, lead, ...refusal.missing.map((one) => `  - ${missingText(one)}`), ...learn];
}
