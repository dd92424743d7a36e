import { codeOf } from '../client/links/code.ts';
import { pageToken } from '../client/links/page-token.ts';
import { KeyErased, PersonUnknown } from '../directory/errors.ts';
import { person as readPerson } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { messageIdFor } from '../notify/message-id.ts';
import type { MailFacts } from '../notify/mail-facts.ts';
import { render } from '../notify/templates.ts';
import { greetedAs } from './greeting.ts';
import { refOf } from './lines.ts';
import type { Ports as AllPorts } from './ports.ts';

/** Neither a case nor Temporal is needed for it. */
type Ports = Pick<AllPorts, 'org' | 'pool' | 'keys' | 'mail' | 'log'> & { readonly origin?: string };

/** Words of the house to one person that belong to no case. Sent in any hour: each answers something done just now. */

interface Row {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly about: string | null;
  readonly n: number | null;
  readonly tries: number;
  readonly case_id: string | null;
  readonly zone: string | null;
  readonly now: number;
}

const MOST_AT_ONCE = 50;
const MOST_TRIES = 20;
/** A try that died, and how long a mail server that is away is left alone. */
const AGAIN_S = 30;

/** Takes some that wait, so that no other process sends them at the same time. */
async function take({ pool, org }: Ports): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    `with waiting as (
       select id from house_mail where org = $1 and state = 'queued'
         and (tried_at is null or tried_at < clock_timestamp() - make_interval(secs => $2))
       order by at, id limit ${MOST_AT_ONCE} for update skip locked)
     update house_mail m set tries = m.tries + 1, tried_at = clock_timestamp() from waiting
     where m.org = $1 and m.id = waiting.id
     returning m.id, m.person, m.kind, m.about, m.n, m.tries, org_now($1) as now,
       coalesce((select l.case_id from links l where l.org = $1 and l.id = m.about),
         (select c.case_id from cases c where c.org = $1 and c.case_id = m.about)) as case_id,
       (select s.zone from sites s where s.org = $1 order by s.ref limit 1) as zone`,
    [org, AGAIN_S],
  );
  return rows;
}

async function settle({ pool, org }: Ports, id: string, state: string, outcome: string | null) {
  await pool.query('update house_mail set state = $3, outcome = $4 where org = $1 and id = $2', [
    ...[org, id, state, outcome],
  ]);
}

async function reader(ports: Ports, ref: string): Promise<Person | null> {
  try {
    return await readPerson(ports.pool, ports.keys, ports.org, ref);
  } catch (error) {
    if (error instanceof PersonUnknown || error instanceof KeyErased) return null;
    throw error;
  }
}

/** Where the word leads: a candidate to their page, everybody else to where they sign in. */
async function linkOf(ports: Ports, row: Row): Promise<Pick<MailFacts, 'link' | 'linkIs' | 'code'>> {
  const { origin } = ports;
  if (row.kind === 'code' && row.about !== null && row.n !== null)
    return { code: codeOf(ports.keys, ports.org, row.about, row.n) };
  if (origin === undefined) return {};
  if (row.kind !== 'page_anew' || row.case_id === null) return { link: `${origin}/`, linkIs: 'sign_in' };
  return { link: `${origin}/c/${await pageToken(ports, row.case_id, row.person)}`, linkIs: 'page' };
}

async function send(ports: Ports, row: Row): Promise<void> {
  const who = await reader(ports, row.person);
  if (who === null || who.email === null) return settle(ports, row.id, 'failed', 'no_address');
  const facts: MailFacts = {
    ...{ ref: row.case_id === null ? 'ACCOUNT' : refOf(row.case_id), prompt: `HOUSE:${row.kind}` },
    ...{ due: row.now, zone: who.zone ?? row.zone ?? 'UTC' },
    ...(await greetedAs(ports, who, row.case_id === null ? [] : [row.case_id])),
    ...(await linkOf(ports, row)),
  };
  const messageId = messageIdFor(ports.org, `word:${row.id}`);
  const outcome = await ports.mail.send({ messageId, to: who.email, ...render('inform', facts) });
  if (outcome.is === 'sent') return settle(ports, row.id, 'sent', null);
  if (outcome.is === 'unknown') return settle(ports, row.id, 'unknown', outcome.why);
  if (outcome.permanent || row.tries >= MOST_TRIES) await settle(ports, row.id, 'failed', outcome.code);
}

/**
 * Sends the words that wait; one that cannot be sent keeps no other waiting.
 * @returns how many were looked at
 */
export async function sendHouseMail(ports: Ports): Promise<number> {
  const rows = await take(ports);
  for (const row of rows)
    try {
      await send(ports, row);
    } catch (error) {
      ports.log.warn('house_mail_failed', { id: row.id, code: (error as Error).name });
    }
  return rows.length;
}

/** Somebody may be waiting for a code. */
const TELL_EVERY_MS = 2_000;

/** Sends what waits every few seconds, one round at a time. @returns what ends it */
export function keepTelling(ports: Ports): () => void {
  let sending = false;
  const telling = setInterval(() => {
    if (sending) return;
    sending = true;
    sendHouseMail(ports)
      .catch((error: Error) => ports.log.warn('house_mail_failed', { code: error.name }))
      .finally(() => {
        sending = false;
      });
  }, TELL_EVERY_MS);
  return () => clearInterval(telling);
}
