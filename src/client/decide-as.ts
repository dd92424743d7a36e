import type { Envelope } from '../contracts/envelope.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import { HIDDEN_MISSING, refusalFor } from '../domain/kernel/why.ts';
import type { Onlooker } from '../domain/kernel/why.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, caseClass, caseFor, casesFrom, readerOf, sightOf, sightOn } from './ask-reader.ts';
import type { Reader, ReadingOffice } from './ask-reader.ts';
import type { Decided } from './decide.ts';
import { foreseen, sealAndDecide } from './decide-texts.ts';
import { guardedDocument, readsDocument } from './guard-document.ts';
import { readHere } from './guard-load.ts';
import type { Reading } from './guard-load.ts';
import { asksGuard, forTheCase, guarded } from './guard-texts.ts';
import type { FoundInText, Guarded } from './guard-texts.ts';
import type { GuardBlocked } from './guards-no.ts';
import type { House } from './house.ts';
import type { TakenText } from './taken-texts.ts';

/** A command of a person with the free texts that were taken out of it. */
export interface Asked {
  readonly envelope: Envelope;
  readonly texts: readonly TakenText[];
}

/** What a decision of a person came to, as they may know it; with what the guards found, for them alone. */
export type Outcome = (
  | Decided
  | {
      readonly is: 'would';
      readonly receipt: Receipt;
      readonly repeated: boolean;
    }
  | GuardBlocked
) & { readonly found: readonly FoundInText[] };

/** Where a person decides: the ledger to look at, and Temporal only when something is really asked. */
export interface Deciding {
  readonly office: ReadingOffice;
  house(): Promise<House>;
  /** Where its texts are read; left out: in this process. */
  readonly reading?: Reading;
}

const stranger: Onlooker = { person: null, capacities: [], owners: [] };

/** The actor as a reader, and what they are towards the case. */
interface Looking {
  readonly reader: Reader | null;
  readonly onlooker: Onlooker;
  /** False: a case that is not there yet, which has nothing to keep. */
  readonly there: boolean;
}

/** What the actor is towards the case: a refusal shows them no more of it than reading would. */
async function lookingOf(office: ReadingOffice, envelope: Envelope): Promise<Looking> {
  try {
    const reader = await readerOf(office, envelope.actor);
    const one = (await casesFrom(office, reader, 'case_id = $2', [envelope.case]))[0];
    if (one !== undefined)
      return {
        reader,
        onlooker: sightOn(reader, office.org, one),
        there: true,
      };
    const site = envelope.payload['site'];
    const kind = kindOf(envelope.case) ?? 'clock';
    const place = {
      kind,
      id: envelope.case,
      site: typeof site === 'string' ? site : '',
      org: office.org,
    };
    return { reader, onlooker: sightOf(reader, place, null), there: false };
  } catch (error) {
    if (error instanceof ReadingRefused) return { reader: null, onlooker: stranger, there: true };
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

/** True of a confidential matter that is there and is neither shown to its actor nor asks them for anything. */
async function unseen(office: ReadingOffice, envelope: Envelope): Promise<boolean> {
  if (kindOf(envelope.case) !== 'clock') return false;
  try {
    await caseFor(office, await readerOf(office, envelope.actor), envelope.case);
    return false;
  } catch (error) {
    // One that is not there may be opened, and says what is missing for that.
    if (error instanceof ReadingRefused) return error.code === 'not_permitted';
    throw error;
  }
}

/** The refusal as its actor may know it. What it shows of selection or confidential matters is a reading of them. */
async function masked(office: ReadingOffice, envelope: Envelope, refusal: Refusal): Promise<Refusal> {
  // Reading says that there is no such case: so does every no but one to what was sent, which is the same everywhere.
  const ofForm = refusal.code === 'malformed' || refusal.code === 'unknown_command';
  if (!ofForm && (await unseen(office, envelope))) return refuse('unknown_case');
  const kind = kindOf(envelope.case);
  if (kind === null || aboutTheCommand.has(refusal.code)) return refusal;
  const { reader, onlooker, there } = await lookingOf(office, envelope);
  const bare = refusalFor(refusal, onlooker, caseClass[kind]);
  const shown = there ? bare : { ...refusal, missing: bare.missing };
  const seen = shown.missing.filter((one) => one !== HIDDEN_MISSING);
  const classes = seen.map((one) => one.visibility ?? caseClass[kind]);
  if (reader !== null)
    await recordReading(office, reader, {
      what: 'refusal',
      refs: [envelope.case],
      classes,
    });
  return shown;
}

/** The texts of a command, and the document it is about, as the guards of their surfaces read them. */
async function readByGuard(
  { office, reading = readHere }: Deciding,
  { envelope, texts }: Asked,
): Promise<Guarded> {
  const bare: Guarded = { envelope: forTheCase(envelope), texts, found: [], blocked: [], warned: [] };
  const document = readsDocument(envelope);
  const read = !asksGuard(envelope, texts) ? bare : await reading((guard) => guarded(envelope, texts, guard));
  return document ? guardedDocument(office, read, reading) : read;
}

/** First foreseen; then the texts are sealed; then it is asked. */
async function outcomeOf(deciding: Deciding, read: Guarded, dryRun: boolean) {
  const seen = await foreseen(deciding.office, read);
  if (seen.is !== 'would') return seen;
  if (seen.repeated) return { is: 'done', receipt: seen.receipt } as const;
  return dryRun ? seen : sealAndDecide(await deciding.house(), read);
}

/**
 * A decision of a person, as every face of the product takes it: guards read its texts, the rules speak first, texts are
 * sealed only when it would be accepted, and a refusal tells its actor no more than reading would.
 * @param dryRun only say what it would come to
 */
export async function decideAs(deciding: Deciding, asked: Asked, dryRun = false): Promise<Outcome> {
  const read = await readByGuard(deciding, asked);
  const outcome = await outcomeOf(deciding, read, dryRun);
  if (outcome.is === 'guard_warned') return { is: 'refused', refusal: outcome.refusal, found: read.found };
  if (outcome.is !== 'refused') return { ...outcome, found: read.found };
  const refusal = await masked(deciding.office, asked.envelope, outcome.refusal);
  return { is: 'refused', refusal, found: read.found };
}
