import type { Envelope } from '../../contracts/envelope.ts';
import { ownStage } from '../../domain/candidacy/own-page.ts';
import type { OwnStage } from '../../domain/candidacy/own-page.ts';
import type { CandidacyState } from '../../domain/candidacy/state.ts';
import { opaque } from '../../domain/kernel/digest.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import type { Deciding } from '../decide-as.ts';
import { decideAs } from '../decide-as.ts';
import { TemporalAway } from '../house.ts';
import { dryRunOf } from '../known-people.ts';
import { withoutTexts } from '../taken-texts.ts';
import { giveBackCode, sendCode, takeCode } from './code.ts';
import { enter, receive } from './inbox.ts';
import { heldIn } from './look.ts';
import { linkOf } from './store.ts';
import type { Link } from './store.ts';
import { hashOfToken, tokenFor } from './token.ts';

/** What a candidate can do on their own page. */
export const candidateDeeds = ['withdraw', 'arrangements', 'reschedule'] as const;
export type CandidateDeed = (typeof candidateDeeds)[number];

/** The next date: a meeting, something that waits for them, or the day by which HR means to do its next step. */
export interface NextDate {
  readonly is: 'meeting' | 'yours' | 'ours';
  readonly at: number;
}

/** A candidate's own page: it names neither the role nor anybody. */
export interface CandidatePage {
  readonly link: Link;
  readonly stage: OwnStage;
  readonly siteName: string;
  readonly zone: string;
  readonly next: NextDate | null;
  /** The rules still allow another time for the meeting (D4.2). */
  readonly mayMove: boolean;
  /** Deeds that were done here; kept while they wait to be entered. Of another time only one that waits to be arranged. */
  readonly done: readonly CandidateDeed[];
  /** What was sent last was kept while our own systems were away, and could not be entered any more once they were back. */
  readonly lost: boolean;
}

const decisionOf = (token: string, deed: string): string =>
  `link_${hashOfToken(token).toString('hex').slice(0, 40)}_${deed}`;

interface Around {
  readonly now: number;
  readonly name: string;
  readonly zone: string;
  readonly site: string;
  readonly status: string;
  readonly moved_at: number;
  readonly meeting: number | null;
  readonly yours: number | null;
  readonly ours: number | null;
  readonly received: readonly string[];
  readonly refused: readonly string[];
  readonly last: string | null;
}

const AROUND = `
  with n as (select org_now($1) as at),
  -- also what was sent under an earlier address of the page
  sent as (select i.decision_id, i.state, i.received_at from link_inbox i join links l on l.org = i.org and l.id = i.link
    where i.org = $1 and l.purpose = 'candidate' and l.case_id = $2 and l.person = $3)
  select n.at as now, s.name, s.zone, c.site, c.status, c.moved_at,
    (select min(m.at) from meetings m where m.org = $1 and m.case_id = $2 and m.state = 'on' and $3 = any(m.who)
      and m.at > n.at) as meeting,
    (select min(o.due) from obligations o where o.org = $1 and o.case_id = $2 and o.owner = $3 and o.due > n.at) as yours,
    (select min(o.due) from obligations o where o.org = $1 and o.case_id = $2 and o.owner = 'hr@' || c.site
      and o.visibility <> 'C3' and o.due > n.at) as ours,
    coalesce((select array_agg(decision_id) from sent where state <> 'refused'), '{}') as received,
    coalesce((select array_agg(decision_id) from sent where state = 'refused'), '{}') as refused,
    (select state from sent order by received_at desc, decision_id desc limit 1) as last
  from n, cases c join sites s on s.org = c.org and s.ref = c.site where c.org = $1 and c.case_id = $2`;

/** After the candidacy is over its page stays for so long. */
const AFTER_MS = 30 * 86_400_000;

function nextOf({ meeting, yours, ours }: Around): NextDate | null {
  if (meeting !== null) return { is: 'meeting', at: meeting };
  if (yours !== null) return { is: 'yours', at: yours };
  return ours === null ? null : { is: 'ours', at: ours };
}

interface Opened {
  readonly page: CandidatePage;
  readonly site: string;
  /** How often the meeting was moved for them: asking once more is another decision. */
  readonly moved: number;
  /** Decisions that were kept and then refused: what is sent instead is another one. */
  readonly refused: readonly string[];
}

/** Twice is once, except for another time: that is done while it waits to be arranged, and may be asked again where a house allows more. */
function doneIn({ received }: Around, { stage, scheduling }: CandidacyState): readonly CandidateDeed[] {
  const asked = (['withdraw', 'arrangements'] as const).filter((deed) =>
    received.some((id) => id.endsWith(`_${deed}`)),
  );
  return stage === 'pool' && scheduling.moved > 0 ? [...asked, 'reschedule'] : asked;
}

async function openedBy(office: ReadingOffice, token: string): Promise<Opened | null> {
  const { org, pool } = office;
  const link = await linkOf(pool, org, token, 'candidate');
  if (link === null || link.case === null || link.revokedAt !== null) return null;
  const { rows } = await pool.query<Around>(AROUND, [org, link.case, link.person]);
  const around = rows[0];
  const own = (await heldIn(office, link.case))?.own as CandidacyState | undefined;
  if (around === undefined || own === undefined || own.person !== link.person) return null;
  if (around.status === 'final' && around.moved_at + AFTER_MS < around.now) return null;
  const stage = ownStage(own);
  const over = stage === 'withdrawn' || stage === 'over' || stage === 'begun';
  const { name: siteName, zone, site } = around;
  const next = over ? null : nextOf(around);
  const lost = !over && around.last === 'refused';
  const page = { link, stage, siteName, zone, next, mayMove: false, done: doneIn(around, own), lost };
  const opened = { site, moved: own.scheduling.moved, refused: around.refused, page };
  if (own.stage !== 'interview' || next?.is !== 'meeting') return opened;
  const dry = await dryRunOf(office, envelopeOf(office, opened, token, 'reschedule'));
  return { ...opened, page: { ...page, mayMove: dry.is !== 'refused' } };
}

/** The page of a token, read only. @returns null for a token nobody made, or whose time is over */
export async function candidatePage(office: ReadingOffice, token: string): Promise<CandidatePage | null> {
  return (await openedBy(office, token))?.page ?? null;
}

/**
 * Withdrawing is theirs until day one, another time for the meeting until it begins; asking for a talk about
 * arrangements opens a matter of the officer's, without a word of why.
 */
function envelopeOf(
  { keys, org }: ReadingOffice,
  { page, site, moved, refused }: Opened,
  token: string,
  deed: CandidateDeed,
): Envelope {
  const { person, case: parent } = page.link;
  const what = deed === 'reschedule' ? `${deed}_${moved + 1}` : deed;
  const before = refused.filter((id) => id.endsWith(`_${what}`)).length;
  const decisionId = decisionOf(token, before === 0 ? what : `again${before}_${what}`);
  const common = { v: 1, decisionId, actor: person, how: 'link' } as const;
  if (deed === 'withdraw') return { ...common, case: parent ?? '', type: 'withdraw', payload: {} };
  if (deed === 'reschedule') return { ...common, case: parent ?? '', type: 'ask_reschedule', payload: {} };
  return {
    ...{ ...common, case: `clock-${opaque(tokenFor(keys, org, 'arrangements', parent ?? ''))}` },
    ...{ type: 'request_accommodation', payload: { site, person, parent } },
  };
}

export type Deed =
  { readonly is: 'unknown' } | { readonly is: 'done' | 'kept' | 'refused'; readonly page: CandidatePage };

/** Does what a candidate asks on their page; twice is once. */
export async function candidateDoes(deciding: Deciding, token: string, deed: CandidateDeed): Promise<Deed> {
  const { office } = deciding;
  const { org, pool, keys } = office;
  const opened = await openedBy(office, token);
  if (opened === null) return { is: 'unknown' };
  const after = async (): Promise<CandidatePage> => (await candidatePage(office, token)) ?? opened.page;
  if (opened.page.done.includes(deed)) return { is: 'done', page: opened.page };
  const envelope = envelopeOf(office, opened, token, deed);
  const dry = await dryRunOf(office, envelope);
  if (dry.is === 'refused') return { is: 'refused', page: opened.page };
  await receive(pool, keys, org, opened.page.link.id, envelope);
  const entered = await enter(deciding, envelope.decisionId);
  return { is: entered.is, page: await after() };
}

/** Sends a code to the candidate's own address; only the latest one holds. @returns false for no such page */
export async function sendPageCode(office: ReadingOffice, token: string): Promise<boolean> {
  const opened = await openedBy(office, token);
  if (opened === null) return false;
  await sendCode(office, opened.page.link);
  return true;
}

/** A decision of its own for what was refused in one go and written anew: the link, and the number of the code. */
const tellingOf = (token: string, n: number): string =>
  `link_${hashOfToken(token).toString('hex').slice(0, 40)}_${n}_arrangements`;

/**
 * The wish to talk about arrangements with a word of what would help: whoever writes it has shown the code that only their
 * mailbox has, and the officer alone reads it.
 */
export async function candidateTells(
  deciding: Deciding,
  token: string,
  code: string,
  words: string,
): Promise<'unknown' | 'done' | 'wrong_code' | 'refused' | 'away'> {
  const { office } = deciding;
  const opened = await openedBy(office, token);
  if (opened === null) return 'unknown';
  if (opened.page.done.includes('arrangements')) return 'done';
  const { link } = opened.page;
  const n = await takeCode(office, link, code);
  if (n === null) return 'wrong_code';
  const told = await telling(deciding, opened, token, { n, words }).catch(async (error: unknown) => {
    // A machine that is broken uses nothing up: the same code serves once it is mended.
    await giveBackCode(office, link, n).catch(() => undefined);
    throw error;
  });
  // Nobody is made to wait for another code because our own systems were away.
  if (told === 'away') await giveBackCode(office, link, n);
  return told;
}

/** Asks it of the case, under the number of the code. */
async function telling(
  deciding: Deciding,
  opened: Opened,
  token: string,
  { n, words }: { readonly n: number; readonly words: string },
): Promise<'done' | 'refused' | 'away'> {
  const { office } = deciding;
  const bare = envelopeOf(office, opened, token, 'arrangements');
  const decisionId = tellingOf(token, n);
  const about = opened.page.link.person;
  const taken = withoutTexts(decisionId, about, { ...bare.payload, text: { text: words, about } });
  try {
    const envelope = { ...bare, decisionId, payload: taken.payload };
    const outcome = await decideAs(deciding, { envelope, texts: taken.texts });
    if (outcome.is === 'done') {
      await office.pool.query(
        `insert into link_inbox (org, decision_id, link, received_at, state)
         values ($1, $2, $3, org_now($1), 'done') on conflict do nothing`,
        [office.org, decisionId, opened.page.link.id],
      );
      return 'done';
    }
    return outcome.is === 'refused' ? 'refused' : 'away';
  } catch (error) {
    if (error instanceof TemporalAway) return 'away';
    throw error;
  }
}
