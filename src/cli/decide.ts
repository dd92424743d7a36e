import { recordReading } from '../client/ask-access.ts';
import type { Decided, NotConfirmed } from '../client/decide.ts';
import { foreseen, sealAndDecide } from '../client/decide-texts.ts';
import type { GuardBlocked } from '../client/decide-texts.ts';
import { ReadingRefused, caseClass, casesFrom, readerOf, sightOf, sightOn } from '../client/ask-reader.ts';
import type { Reader, ReadingOffice } from '../client/ask-reader.ts';
import { guardedDocument, readsDocument } from '../client/guard-document.ts';
import { loadGuard } from '../client/guard-load.ts';
import { guarded } from '../client/guard-texts.ts';
import type { FoundInText, Guarded } from '../client/guard-texts.ts';
import type { Envelope } from '../contracts/envelope.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import { HIDDEN_MISSING, refusalFor } from '../domain/kernel/why.ts';
import type { Onlooker } from '../domain/kernel/why.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { askedOf } from './envelope.ts';
import type { Asked, DecideOptions } from './envelope.ts';
import { EXIT, databaseAway, temporalAway } from './exit.ts';
import type { Exit } from './exit.ts';
import { foundLines } from './guard-words.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Opened } from './open.ts';
import { learnTopic, missingText, refusalLines } from './sentences.ts';

/** What `decide` came to. */
type Outcome =
  Decided | { readonly is: 'would'; readonly receipt: Receipt; readonly repeated: boolean } | GuardBlocked;

const stranger: Onlooker = { person: null, capacities: [], owners: [] };

/** The actor as a reader, and what they are towards the case. */
interface Looking {
  readonly reader: Reader | null;
  readonly onlooker: Onlooker;
}

/** What the actor is towards the case: a refusal shows them no more of it than reading would. */
async function lookingOf(office: ReadingOffice, envelope: Envelope): Promise<Looking> {
  try {
    const reader = await readerOf(office, envelope.actor);
    const one = (await casesFrom(office, reader, 'case_id = $2', [envelope.case]))[0];
    if (one !== undefined) return { reader, onlooker: sightOn(reader, office.org, one) };
    const site = envelope.payload['site'];
    const kind = kindOf(envelope.case) ?? 'clock';
    const place = { kind, id: envelope.case, site: typeof site === 'string' ? site : '', org: office.org };
    return { reader, onlooker: sightOf(reader, place, null) };
  } catch (error) {
    if (error instanceof ReadingRefused) return { reader: null, onlooker: stranger };
    throw error;
  }
}

/** Who may decide and what form is expected is nobody's secret; everything else has the class of the case. */
const aboutTheCommand: ReadonlySet<Refusal['code']> = new Set([
  'malformed',
  'unknown_command',
  'unknown_reference',
  'not_permitted',
  'stale',
]);

/** The refusal as its actor may know it. What it shows of selection or confidential matters is a reading of them. */
async function masked(office: ReadingOffice, envelope: Envelope, refusal: Refusal): Promise<Refusal> {
  const kind = kindOf(envelope.case);
  if (kind === null || aboutTheCommand.has(refusal.code)) return refusal;
  const { reader, onlooker } = await lookingOf(office, envelope);
  const shown = refusalFor(refusal, onlooker, caseClass[kind]);
  const seen = shown.missing.filter((one) => one !== HIDDEN_MISSING);
  const classes = seen.map((one) => one.visibility ?? caseClass[kind]);
  if (reader !== null)
    await recordReading(office, reader, { what: 'refusal', refs: [envelope.case], classes });
  return shown;
}

/** The texts of a command, and the document it is about, as the guards of their surfaces read them, in this process. */
async function readByGuard({ office }: Opened, { envelope, texts }: Asked): Promise<Guarded> {
  const bare: Guarded = { envelope, texts, found: [], blocked: [] };
  const document = readsDocument(envelope);
  if (texts.length === 0 && !document) return bare;
  const guard = await loadGuard();
  const read = texts.length === 0 ? bare : guarded(envelope, texts, guard);
  return document ? guardedDocument(office, read, guard) : read;
}

/** First foreseen; then the texts are sealed; then it is asked. */
async function outcomeOf(opened: Opened, read: Guarded, options: DecideOptions): Promise<Outcome> {
  const seen = await foreseen(opened.office, read);
  if (seen.is !== 'would') return seen;
  if (seen.repeated) return { is: 'done', receipt: seen.receipt };
  return options.dryRun === true ? seen : sealAndDecide(await opened.house(), read);
}

/** The guard's no. Reasons and better wordings are for the author, who is the one that reads this. */
function tellBlocked(io: Io, json: boolean, blocked: readonly FoundInText[]): Exit {
  const rule = blocked[0]?.findings[0]?.rule ?? null;
  if (json)
    io.out(
      JSON.stringify({
        is: 'refused',
        refusal: { code: 'guard_blocked', rule, missing: [] },
        findings: blocked,
      }),
    );
  else {
    io.err('Refused (guard_blocked). A guard stops wording in a text; nothing was kept of it.');
    for (const line of foundLines(blocked)) io.err(line);
  }
  return EXIT.refused;
}

function tellRefusal(io: Io, json: boolean, refusal: Refusal, found: readonly FoundInText[] = []): Exit {
  const { code, rule, missing } = refusal;
  const shown = {
    code,
    rule: rule ?? null,
    missing: missing.map((one) => ({ ...one, words: missingText(one) })),
    ...learnTopic(rule),
  };
  if (json) io.out(JSON.stringify({ is: 'refused', refusal: shown, ...withFound(found) }));
  else for (const line of [...refusalLines(refusal), ...foundLines(found)]) io.err(line);
  return EXIT.refused;
}

const withFound = (found: readonly FoundInText[]): object => (found.length === 0 ? {} : { findings: found });

function tellReceipt(
  io: Io,
  json: boolean,
  { is, receipt }: { readonly is: 'done' | 'would'; readonly receipt: Receipt },
  found: readonly FoundInText[],
): Exit {
  if (json) io.out(JSON.stringify({ is, receipt, ...withFound(found) }));
  else {
    const head = is === 'done' ? 'Done' : 'It would be accepted; nothing was changed';
    io.out(`${head}: ${receipt.kinds.join(', ')}`);
    io.out(`  case ${receipt.case} · sequence ${receipt.sequence} · decision ${receipt.decisionId}`);
    io.out(`  at ${new Date(receipt.at).toISOString()}`);
    for (const line of foundLines(found)) io.out(line);
  }
  return EXIT.done;
}

/** No answer: it may still happen. A server that is away: nothing was sent. */
function tellOpen(io: Io, json: boolean, envelope: Envelope, outcome: NotConfirmed): Exit {
  const { decisionId, case: id } = envelope;
  const { is, why } = outcome;
  const open = `Not confirmed: it may still happen. Repeating it with --decision-id ${decisionId} on ${id} is safe.`;
  const texts = { no_answer: open, temporal_away: temporalAway, database_away: databaseAway } as const;
  if (json) io.out(JSON.stringify({ is, why, decisionId, case: id, message: texts[why] }));
  else io.err(texts[why]);
  return why === 'no_answer' ? EXIT.notConfirmed : EXIT.unavailable;
}

function tellOutcome(io: Io, json: boolean, { envelope, found }: Guarded, outcome: Outcome): Exit {
  switch (outcome.is) {
    case 'done':
    case 'would':
      return tellReceipt(io, json, outcome, found);
    case 'refused':
      return tellRefusal(io, json, outcome.refusal, found);
    case 'guard_blocked':
      return tellBlocked(io, json, outcome.blocked);
    case 'not_confirmed':
      return tellOpen(io, json, envelope, outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** `decide`: a command, its receipt or everything that is missing. */
export async function decideCommand(io: Io, options: DecideOptions): Promise<Exit> {
  const json = options.json === true;
  const asked = await askedOf(io, options);
  if (isRefusal(asked)) return tellRefusal(io, json, asked);
  return within(options, io.env, async (opened) => {
    const read = await readByGuard(opened, asked);
    const outcome = await outcomeOf(opened, read, options);
    if (outcome.is !== 'refused') return tellOutcome(io, json, read, outcome);
    const refusal = await masked(opened.office, asked.envelope, outcome.refusal);
    return tellOutcome(io, json, read, { is: 'refused', refusal });
  });
}
