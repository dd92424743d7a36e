// The cases of the bench: lived in memory, then written through the real step in the order of time, each at its own.
import { load } from './dist.mjs';
import { setClock, org, queue } from './stage.mjs';
import { caseOf, live, sources, startNotice, termsOf, Years } from './years.mjs';

const { step } = await load('activities/step.js');
const { startOptions } = await load('client/start-options.js');
const calendars = await load('domain/kernel/calendar.js');
const { addDays, addMonths, dateOf, instantOf, rollForward, weekdayOf } = calendars;

const QUIET_MS = 2_000;
const STEP_MS = 5_000;

/** The last Monday that lies at least so many days before a date. */
function mondayBefore(date, days) {
  const then = addDays(date, -days);
  return addDays(then, 1 - weekdayOf(then));
}

/** Employments lived up to today: a new one, one of a year, one of five years. */
export function livedCases(stage) {
  const terms = termsOf(stage.docs);
  const today = dateOf(terms.calendar, Date.now());
  const lived = (word, dayOne) => {
    const one = new Years(terms, word, dayOne);
    live(one, today);
    return one;
  };
  return {
    ...{ terms, today, young: lived('young', mondayBefore(today, 10)) },
    year: lived('year', mondayBefore(addMonths(today, -12), 0)),
    old: lived('old', mondayBefore(addMonths(today, -60), 0)),
  };
}

/** So many employments that have just begun: a day one ahead, nothing answered. */
export function begunCases(lived, count, prefix) {
  const at = instantOf(
    lived.terms.calendar,
    rollForward(lived.terms.calendar, addDays(lived.today, -7)),
    '10:00',
  );
  const dayOne = mondayBefore(lived.today, -14);
  return Array.from({ length: count }, (_, n) => {
    const id = caseOf('employment', `${prefix}${n}`);
    const key = `${sources.candidacy}/${prefix}${n}/0`;
    const notice = { key, from: sources.candidacy, kind: 'start_employment', body: startNotice(dayOne) };
    return { id, ops: [{ at, notice }] };
  });
}

async function write(stage, id, op) {
  const { pool, ports } = stage;
  if (op.notice !== undefined) {
    const { key, from, kind, body } = op.notice;
    await pool.query(
      `insert into notices (org, key, from_case, to_case, starts, kind, body, at) values ($1, $2, $3, $4, false, $5, $6, $7)`,
      [org, key, from, id, kind, JSON.stringify(body), op.at],
    );
  }
  const command = op.envelope === undefined ? {} : { command: { envelope: op.envelope, askedAt: op.at } };
  const answer = await step(ports, { org, case: id, sequence: 0, ...command }, STEP_MS);
  if (answer.answer?.is === 'refused')
    throw new Error(`refused while writing: ${op.envelope.type} ${JSON.stringify(answer.answer.refusal)}`);
}

/** Writes cases into the ledger. Reviews they start and prompts of the past are nobody's any more. */
export async function writeCases(stage, cases, say) {
  const all = cases.flatMap(({ id, ops }) => ops.map((op) => ({ id, op })));
  all.sort((a, b) => a.op.at - b.op.at);
  let at = null;
  for (const [n, { id, op }] of all.entries()) {
    if (op.at !== at) await setClock(stage, (at = op.at));
    await write(stage, id, op);
    if (n % 500 === 499) say(`${n + 1} of ${all.length} steps of the past are written`);
  }
  await stage.pool.query(`update notices set outcome = 'handled' where org = $1 and outcome is null`, [org]);
  await stage.pool.query(`update prompts set state = 'dropped' where org = $1 and state = 'queued'`, [org]);
  await setClock(stage, null);
  return all.length;
}

export async function sequenceOf(stage, id) {
  const { rows } = await stage.pool.query('select sequence from cases where org = $1 and case_id = $2', [
    org,
    id,
  ]);
  return rows[0].sequence;
}

/** Starts the run of a case as a sleeping one starts: with its sequence and its wake. */
export async function startRun(stage, id, wake, sequence) {
  const start = { org, case: id, sequence, wake, look: false, quiet: QUIET_MS };
  return stage.house.client.workflow.start('employment', {
    ...startOptions(org, 'employment', id, queue),
    args: [start],
  });
}

let asked = 0;

/** A command for a case with an id of its own. */
export function envelopeFor(one, actor, type, payload) {
  asked += 1;
  const decisionId = `dec-bench-${process.pid}-${asked}`;
  return { v: 1, decisionId, case: one.id, type, actor, how: 'asserted_local', payload };
}

/** Two days in the second week from today on which no session lies: an extra session moves between them. */
export function extraDays(lived) {
  const monday = addDays(mondayBefore(lived.today, 0), 14);
  return [addDays(monday, 2), addDays(monday, 3)].map((date) => rollForward(lived.terms.calendar, date));
}
