import { answersTo } from '../../domain/answers.ts';
import type { AnswerOffer } from '../../domain/answers.ts';
import type { CandidacyState } from '../../domain/candidacy/state.ts';
import { kindOf } from '../../domain/kernel/words.ts';
import type { Held } from '../../domain/kernel/held.ts';
import type { CaseRow } from '../../ledger/step-store.ts';
import { heldOf } from '../ask-reader.ts';
import { dryRun } from '../dry-run.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import { linkOf } from './store.ts';
import type { Link } from './store.ts';

/** How a link stands now; only an `open` one takes an answer. */
export type Standing = 'open' | 'answered' | 'expired' | 'revoked' | 'superseded' | 'changed';

/** A time the candidate may choose, in the zone of the site. */
export interface SlotShown {
  readonly n: number;
  readonly on: string;
  readonly at: string;
}

/** What the page of a link may show: nothing but what the message itself said. */
export interface SeenLink {
  readonly link: Link;
  readonly standing: Standing;
  readonly now: number;
  /** When it falls due; null once it is not owed any more. */
  readonly due: number | null;
  readonly zone: string;
  readonly offers: readonly AnswerOffer[];
  readonly slots: readonly SlotShown[];
  /** The person answered for, where the link went to their stand-in. */
  readonly onBehalfOf: string | null;
  /** It was answered, and Temporal was away: the answer is kept and will be entered. */
  readonly waits: boolean;
  /** The answer was not taken in the end: the code of the refusal. */
  readonly refused: string | null;
  /** Of times to choose from: none of them could be had any more when one was chosen. */
  readonly gone: boolean;
}

interface Around {
  readonly now: number;
  readonly zone: string;
  readonly due: number | null;
  readonly owner: string | null;
  readonly theirs: boolean;
  readonly later: boolean;
  readonly absent: string | null;
  readonly inbox: string | null;
  readonly outcome: string | null;
  readonly gone: boolean;
}

/** Everything about a link that may have changed since it was sent, in one read. */
const AROUND = `
  with n as (select org_now($1) as at)
  select n.at as now, s.zone, o.due, o.owner,
    coalesce(o.owner = $4 or o.owner = any (array(select owners_of($1, $4, n.at))), false) as theirs,
    exists (select 1 from links l join prompts p on p.org = l.org and p.key = l.prompt
      where l.org = $1 and l.purpose = 'answer' and l.case_id = $2 and l.obligation = $3 and l.person = $4 and l.id <> $5
          and l.made_at >= $6 and p.state = 'sent')
      or exists (select 1 from links l join digests d on d.org = l.org and d.message_id = l.prompt
      where l.org = $1 and l.purpose = 'answer' and l.case_id = $2 and l.obligation = $3 and l.person = $4 and l.id <> $5
        and l.made_at > $6 and d.state = 'sent') as later,
    case when o.owner = $4 then null when o.owner like 'prs\\_%' then o.owner else (
      select d.absent from delegations d join assignments a on a.org = d.org and a.person = d.absent
      where d.org = $1 and d.stand_in = $4 and d.since_at <= n.at and (d.until_at is null or d.until_at > n.at)
        and o.owner = a.capacity || '@' || a.scope and a.from_at <= n.at and (a.to_at is null or a.to_at > n.at)
        and not exists (select 1 from assignments own where own.org = $1 and own.person = $4
          and own.capacity = a.capacity and own.scope = a.scope and own.from_at <= n.at
          and (own.to_at is null or own.to_at > n.at))
      limit 1) end as absent,
    i.state as inbox, i.outcome,
    exists (select 1 from ledger l where l.org = $1 and l.decision_id = i.decision_id and l.kind = 'slots_gone') as gone
  from n, cases c join sites s on s.org = c.org and s.ref = c.site
    left join obligations o on o.org = c.org and o.case_id = c.case_id and o.id = $3
    left join lateral (select * from link_inbox t where t.org = $1 and t.link = $5
      order by length(t.decision_id) desc, t.decision_id desc limit 1) i on true
  where c.org = $1 and c.case_id = $2`;

function standingOf(link: Link, around: Around): Standing {
  if (link.answeredAt !== null) return 'answered';
  if (link.revokedAt !== null) return 'revoked';
  if (link.expiresAt !== null && link.expiresAt <= around.now) return 'expired';
  if (around.owner === null) return 'changed';
  if (around.owner !== link.owner || !around.theirs) return 'revoked';
  return around.later ? 'superseded' : 'open';
}

/** What a case holds, for a page that shows a part of it to whom it belongs. */
export async function heldIn(office: ReadingOffice, id: string): Promise<Held | null> {
  const { rows } = await office.pool.query<CaseRow>(
    `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake
     from cases where org = $1 and case_id = $2`,
    [office.org, id],
  );
  return rows[0] === undefined ? null : heldOf(office, rows[0]);
}

async function slotsOf(office: ReadingOffice, link: Link, offers: readonly AnswerOffer[]) {
  const wanted = offers.some(({ fields }) => fields.some(({ is }) => is === 'slot'));
  if (!wanted || link.case === null || kindOf(link.case) !== 'candidacy') return [];
  const own = (await heldIn(office, link.case))?.own as CandidacyState | undefined;
  return (own?.scheduling.slots ?? []).map(({ on, at }, index) => ({ n: index + 1, on, at }));
}

/** Why an answer has no meaning yet, or none any more, whatever is filled in. */
const untimely: ReadonlySet<string> = new Set(['session_is_past', 'session_is_ahead', 'moves_used']);

/** What may be answered in one way at one time and not at another. */
const byTime: ReadonlySet<string> = new Set(['P7.1', 'SCHEDULE']);

/** A day for an answer that needs one: which, does not matter before its time. */
const anyDay = ({ fields }: AnswerOffer) =>
  Object.fromEntries(fields.flatMap(({ name, is }) => (is === 'day' ? [[name, '2000-01-03']] : [])));

/**
 * The answers that the case takes at this moment: a session is moved until its day, and recorded from then on; other times are
 * offered as often as the policy has it. What else is wrong with an answer its own form says.
 */
async function inTime(
  office: ReadingOffice,
  { case: id, code, person }: Link,
  absent: string | null,
  offers: readonly AnswerOffer[],
): Promise<readonly AnswerOffer[]> {
  if (id === null || code === null || !byTime.has(code)) return offers;
  const taken: AnswerOffer[] = [];
  for (const offer of offers) {
    const on = absent === null ? {} : { onBehalfOf: absent };
    const payload = { ...offer.payload, ...anyDay(offer) };
    const head = { v: 1, decisionId: 'looked_at_by_a_link', case: id, type: offer.type } as const;
    const dry = await dryRun(office, { ...head, actor: person, how: 'link', ...on, payload });
    const missing = dry.is === 'refused' ? dry.refusal.missing : [];
    if (!missing.some((one) => untimely.has(one.code))) taken.push(offer);
  }
  return taken;
}

/**
 * What a token leads to, read only: however often it is asked for, nothing changes.
 * @returns null for a token nobody made, in whatever way it is wrong
 */
export async function seenLink(office: ReadingOffice, token: string): Promise<SeenLink | null> {
  const { org, pool } = office;
  const link = await linkOf(pool, org, token, 'answer');
  if (link === null || link.case === null || link.obligation === null) return null;
  const { rows } = await pool.query<Around>(AROUND, [
    ...[org, link.case, link.obligation, link.person, link.id, link.madeAt],
  ]);
  const around = rows[0];
  if (around === undefined) return null;
  const standing = standingOf(link, around);
  const owed = { case: link.case, code: link.code ?? '', id: link.obligation };
  const all =
    standing === 'open' ? answersTo(owed).filter(({ answer }) => link.allowed.includes(answer)) : [];
  const offers = await inTime(office, link, around.absent, all);
  return {
    ...{ link, standing, now: around.now, zone: around.zone, due: around.due, offers },
    ...{ slots: await slotsOf(office, link, offers), onBehalfOf: around.absent },
    ...{ waits: around.inbox === 'waiting', refused: around.inbox === 'refused' ? around.outcome : null },
    gone: around.gone,
  };
}
