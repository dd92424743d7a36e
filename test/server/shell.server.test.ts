import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, decideNow } from '../../src/client/decide.ts';
import { applyTerms, assign } from '../../src/client/organization.ts';
import { startOptions } from '../../src/client/start-options.ts';
import { sealText } from '../../src/directory/texts.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import type { CaseView } from '../../src/workflows/messages.ts';
import { actsOn, chain, opened, people, timesInLedger, until } from '../faults/acts.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { draft } from '../unit/review-house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

const QUIET_MS = 400;
const WAVES = 12;
const EACH = 40;

let here: Stage;
beforeAll(async () => {
  const inReview = ['employee', 'supervisor', 'manager', 'nurse', 'case-manager'].map((who) => [who, []]);
  here = await stage({
    ...{ seed: 'shell', clock: '2025-01-06', quietMs: QUIET_MS },
    people: { ...people, ...(Object.fromEntries(inReview) as Record<string, readonly Capacity[]>) },
  });
}, 120_000);
afterAll(async () => here?.stop(), 60_000);

/** Opens a readiness case and lets its first prompts go out. */
async function openCase(word: string, at = site) {
  const id = caseOf('readiness', word);
  const act = actsOn(id, word);
  expect(await decide(here.house, act('director', 'open', { ...opened, site: at }))).toMatchObject({
    is: 'done',
  });
  const conductor = await here.conductor();
  await conductor.drain();
  await conductor.release();
  const champion = (who: string) => act('executive', 'name_champion', { person: person(who) });
  return { id, act, champion };
}

async function runsOf(id: string): Promise<number> {
  let runs = 1;
  let run = here.house.client.workflow.getHandle(id);
  for (;;) {
    const history = await run.fetchHistory();
    const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
    const earlier = started?.continuedExecutionRunId;
    if (earlier === undefined || earlier === null || earlier === '') return runs;
    runs += 1;
    run = here.house.client.workflow.getHandle(id, earlier);
  }
}

async function eventsOf(id: string): Promise<readonly string[]> {
  const { eventTypeName } = await import('./events.ts');
  const history = await here.house.client.workflow.getHandle(id).fetchHistory();
  return (history.events ?? []).map(eventTypeName);
}
const count = (events: readonly string[], name: string): number =>
  events.filter((one) => one === name).length;

/** Ours among the attributes; the server adds its own. */
async function attributesOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  const { typedSearchAttributes } = await here.house.client.workflow.getHandle(id).describe();
  const pairs = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const);
  return Object.fromEntries(pairs.filter(([name]) => name.startsWith('Hire')));
}

const settled = (id: string, runs: number) =>
  until(`run ${runs} of ${id}`, 20_000, async () => (await runsOf(id)) >= runs);

describe('the life of a run', () => {
  it('loses and doubles nothing in 480 decisions around continuing as new', async () => {
    const { id, champion } = await openCase('waves');
    const sent: string[] = [];
    for (let wave = 0; wave < WAVES; wave += 1) {
      const commands = Array.from({ length: EACH }, (_, n) => champion(n % 2 === 0 ? 'dana' : 'theo'));
      sent.push(...commands.map((one) => one.decisionId));
      const answers = await Promise.all(commands.map((one) => decideNow(here.house, one, 30_000)));
      expect(answers.filter((one) => one.is !== 'done')).toEqual([]);
      // The next wave meets the quiet time's end: some before it, some after.
      await new Promise((resume) => setTimeout(resume, QUIET_MS - 60 + wave * 90));
    }
    expect(await runsOf(id)).toBeGreaterThanOrEqual(3);
    const times = await timesInLedger(here.house.pool, here.house.org, sent);
    expect(times.size).toBe(WAVES * EACH);
    expect([...times.values()].every((n) => n === 1)).toBe(true);
    expect((await chain(here.house.pool, here.house.org)).wrong).toBe(0);
  }, 120_000);

  it('continues as new after fifty steps and a quiet time, not before; the view and the attributes stay', async () => {
    const { id, champion } = await openCase('fifty');
    for (let n = 0; n < 30; n += 1) await decideNow(here.house, champion('dana'));
    await new Promise((resume) => setTimeout(resume, QUIET_MS * 3));
    expect(await runsOf(id)).toBe(1);
    const handle = here.house.client.workflow.getHandle(id);
    const before = await handle.query<CaseView>('view');
    const shown = await attributesOf(id);
    for (let n = 0; n < 30; n += 1) await decideNow(here.house, champion('theo'));
    await settled(id, 2);
    const view = await until('a view', 5_000, () => handle.query<CaseView>('view').catch(() => null));
    expect(view).toEqual({ ...before, sequence: before.sequence + 30 });
    expect(await attributesOf(id)).toEqual(shown);
    await decideNow(here.house, champion('dana'));
    expect(await attributesOf(id)).toEqual(shown);
    expect(count(await eventsOf(id), 'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES')).toBe(0);
  }, 60_000);

  it('leaves no run when the first command of a case is refused', async () => {
    const id = caseOf('readiness', 'refused-first');
    const refused = await decideNow(here.house, actsOn(id, 'first')('dana', 'open', opened));
    expect(refused).toMatchObject({ is: 'refused' });
    const ended = await until('the run to end', 5_000, async () => {
      const { status } = await here.house.client.workflow.getHandle(id).describe();
      return status.name === 'RUNNING' ? false : status.name;
    });
    expect(ended).toBe('COMPLETED');
    const open = await decideNow(here.house, actsOn(id, 'second')('director', 'open', opened));
    expect(open).toMatchObject({ is: 'done' });
  });

  it('ends a run that was started without any command', async () => {
    const id = caseOf('readiness', 'bare');
    const options = startOptions(here.house.org, 'readiness', id, here.house.queue);
    const start = { org: here.house.org, case: id, sequence: 0, wake: null, look: true, quiet: QUIET_MS };
    const run = await here.house.client.workflow.start('readiness', { ...options, args: [start] });
    await run.result();
    expect((await run.describe()).status.name).toBe('COMPLETED');
  });

  it('is cancelled in peace while a message is on its way: no task of it fails', async () => {
    const id = caseOf('readiness', 'cancelled');
    here.parts.mail.misbehave({ slowMs: 3_000 });
    try {
      expect(await decide(here.house, actsOn(id, 'cancelled')('director', 'open', opened))).toMatchObject({
        is: 'done',
      });
      const run = here.house.client.workflow.getHandle(id);
      await until('the delivery to begin', 10_000, async () => {
        const { raw } = await run.describe();
        return raw.pendingActivities?.some((one) => one.activityType?.name === 'deliver');
      });
      await run.cancel();
      const status = await until('the run to end', 15_000, async () => {
        const { name } = (await run.describe()).status;
        return name === 'RUNNING' ? false : name;
      });
      expect(status).toBe('CANCELLED');
      const events = await eventsOf(id);
      expect(count(events, 'ACTIVITY_TASK_SCHEDULED')).toBeGreaterThan(0);
      expect(count(events, 'WORKFLOW_TASK_FAILED')).toBe(0);
    } finally {
      here.parts.mail.misbehave({});
    }
  }, 60_000);

  it('sleeps in few events before a long silence, and wakes as the same case', async () => {
    const { id, act, champion } = await openCase('asleep', await anotherSite());
    // Sheets in and everything else answered: what is left is due in months.
    await accept(act);
    const runs = await runsOf(id);
    await settled(id, Math.max(2, runs));
    await until('the first task of the sleeping run', 5_000, async () =>
      (await eventsOf(id)).includes('WORKFLOW_TASK_COMPLETED'),
    );
    expect((await eventsOf(id)).length).toBeLessThanOrEqual(6);
    expect(await decideNow(here.house, champion('theo'))).toMatchObject({ is: 'done' });
  }, 60_000);
});

/** A site of its own: only one readiness of a site is ever accepted. */
async function anotherSite(): Promise<string> {
  const { org, pool, keys } = here.house;
  const office = { org, pool, keys };
  const other = `site_${opaque('asleep')}`;
  const { policy, calendar, profile, comparator } = termsForTests();
  const by = { decisionId: 'shell-site', actor: 'installation' as const };
  const terms = { site: other, name: 'Southside', policy, calendar, profile, comparator };
  await applyTerms(office, terms, by);
  const all = Object.entries(people).flatMap(([word, capacities]) =>
    capacities.map((capacity) => ({ person: person(word), capacity, scope: other })),
  );
  await assign(office, all, { ...by, decisionId: 'shell-people' });
  return other;
}

/** Takes a case through G0 and the staff orientation, so that only the yearly re-check is owed. */
async function accept(act: ReturnType<typeof actsOn>): Promise<void> {
  const { reviewedPolicies, itemCount } = await import('../../src/domain/readiness/words.ts');
  const scores = Array.from({ length: itemCount }, () => '3');
  const verdicts = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
  const weeks = { foundation: 2, role: 2, description: 2, recruitment: 4, interview: 3, offer: 2 };
  const list = [
    act('dana', 'score_items', { scores }),
    act('theo', 'score_items', { scores }),
    act('executive', 'name_champion', { person: person('director') }),
    act('dana', 'propose_verdicts', { verdicts }),
    act('carol', 'confirm_verdicts', { policies: reviewedPolicies }),
    act('theo', 'advise', { position: 'agree' }),
    act('director', 'give_verdict', { verdict: 'ready', actions: [] }),
    act('director', 'take_stance', { stance: 'later', risks: [] }),
    act('director', 'propose_timeline', { weeks }),
    act('director', 'answer_timeline', { answer: 'accepted' }),
    act('director', 'answer_goals', { answer: 'adopted' }),
    act('theo', 'answer_goals', { answer: 'adopted' }),
    act('director', 'accept_readiness', {}),
    act('dana', 'record_orientation', { held: '2025-01-06', attended: [person('theo')] }),
  ];
  for (const one of list) expect(await decide(here.house, one), one.type).toMatchObject({ is: 'done' });
}

describe('one decision', () => {
  it('costs one short chain of events, and rewrites no attribute that did not change', async () => {
    const { id, champion } = await openCase('cost');
    await decideNow(here.house, champion('dana'));
    const before = await eventsOf(id);
    await decideNow(here.house, champion('theo'));
    const now = await eventsOf(id);
    const added = now.slice(before.length);
    // Sleeping with or without a timer: the task, the accepted update, the step's marker, the completed update.
    expect(added.length).toBeLessThanOrEqual(9);
    expect(count(added, 'MARKER_RECORDED')).toBe(1);
    expect(count(added, 'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES')).toBe(0);
    expect(count(now, 'ACTIVITY_TASK_SCHEDULED')).toBe(count(before, 'ACTIVITY_TASK_SCHEDULED'));
  });

  it('writes five plain attributes, codes only', async () => {
    const { id } = await openCase('plain');
    const attributes = await attributesOf(id);
    expect(attributes).toMatchObject({
      HireOrg: here.house.org,
      HireCaseKind: 'readiness',
      HireStage: 'readiness',
      HireAttention: expect.stringMatching(/^(ok|due|late)$/) as unknown,
    });
    const { rows } = await here.house.pool.query<{ due: number }>(
      'select min(due) as due from obligations where case_id = $1',
      [id],
    );
    expect((attributes['HireNextDueAt'] as Date).getTime()).toBe(rows[0]?.due);
  });

  it('is written once when fifty callers ask for it at once; all get the same receipt', async () => {
    const { champion } = await openCase('fifty-callers');
    const one = champion('dana');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? decide : decideNow)(here.house, one, 30_000)),
    );
    expect(answers.every((answer) => answer.is === 'done')).toBe(true);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const times = await timesInLedger(here.house.pool, here.house.org, [one.decisionId]);
    expect([...times.values()]).toEqual([1]);
  }, 60_000);

  it('is not disturbed by nudges, however many', async () => {
    const { id, champion } = await openCase('nudged');
    const handle = here.house.client.workflow.getHandle(id);
    const { sequence } = await handle.query<CaseView>('view');
    const signals = Array.from({ length: 60 }, () => handle.signal('nudge'));
    const answer = decideNow(here.house, champion('dana'));
    await Promise.all(signals);
    expect(await answer).toMatchObject({ is: 'done', receipt: { sequence: sequence + 1 } });
    const view = await until('the nudges to be followed', 10_000, async () => {
      const seen = await handle.query<CaseView>('view');
      return seen.sequence === sequence + 1 ? seen : false;
    });
    expect(view.sequence).toBe(sequence + 1);
    const { rows } = await here.house.pool.query<{ n: number }>(
      'select count(*)::int as n from ledger where case_id = $1',
      [id],
    );
    expect(rows[0]?.n).toBe(sequence + 1);
  });
});

/** Starts a review as an employment does, by a notice to a case that is not there yet, and brings it to the signature. */
async function reviewToSign(word: string) {
  const { org, pool, keys, client, queue } = here.house;
  const id = caseOf('review', word);
  const people_ = {
    employee: person('employee'),
    supervisor: person('supervisor'),
    manager: person('manager'),
  };
  const body = {
    ...{ site, employment: caseOf('employment', word), ...people_, mentor: null, role: caseOf('role', word) },
    ...{ roleVersion: 1, cycle: 'six_month', due: '2025-01-10', periodEnd: '2025-01-10' },
  };
  await pool.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $4, true, 'start_review', $5, org_now($1))`,
    [org, `${body.employment}/1/0`, body.employment, id, JSON.stringify(body)],
  );
  const start = { org, case: id, sequence: 0, wake: null, look: true, quiet: QUIET_MS };
  const options = {
    ...startOptions(org, 'review', id, queue),
    args: [start],
    signal: 'nudge',
    signalArgs: [],
  };
  await client.workflow.signalWithStart('review', options);
  await until('the review to open', 10_000, async () => {
    const { rows } = await pool.query('select 1 from cases where case_id = $1', [id]);
    return rows.length > 0;
  });
  const act = actsOn(id, word);
  const must = async (actor: string, type: string, payload: Record<string, unknown>) => {
    const one = act(actor, type, payload);
    const named = payload['text'];
    const text = { org, decisionId: one.decisionId, field: 'text', subject: person(actor), text: 'invented' };
    const { ref } = named === undefined ? { ref: '' } : await sealText(pool, keys, text);
    const whole = named === undefined ? one : { ...one, payload: { ...payload, text: ref } };
    expect(await decide(here.house, whole), type).toMatchObject({ is: 'done' });
  };
  const colleagues = [person('nurse'), person('case-manager')];
  await must('supervisor', 'choose_colleagues', { colleagues });
  await must('employee', 'share_self_review', { text: '' });
  await must('nurse', 'share_feedback', { text: '' });
  await must('case-manager', 'share_feedback', { text: '' });
  for (let version = 1; version <= 2; version += 1) {
    await must('supervisor', 'submit_draft', draft());
    await must('dana', 'check_standard', { result: 'same_as_comparator' });
  }
  await must('employee', 'hold_talk', { held: '2025-01-06' });
  return { id, act };
}

describe('a case that becomes final', () => {
  it('ends its run; a later command comes in by the one way back, and the run ends again', async () => {
    const { id, act } = await reviewToSign('final');
    const run = here.house.client.workflow.getHandle(id);
    const sign = act('employee', 'respond', { response: 'signed' });
    const old = { ...sign, decisionId: 'final-old', about: { subject: 'review', version: 1 } };
    expect(await decide(here.house, old)).toMatchObject({ refusal: { code: 'stale' } });
    expect(await decideNow(here.house, old)).toMatchObject({ refusal: { code: 'stale' } });
    const now = { ...sign, about: { subject: 'review', version: 2 } };
    const receipt = await decideNow(here.house, now);
    expect(receipt).toMatchObject({ is: 'done' });
    const over = () =>
      until('the run to end', 10_000, async () => (await run.describe()).status.name === 'COMPLETED');
    await over();
    const first = (await run.describe()).runId;
    expect(await decideNow(here.house, now)).toEqual(receipt);
    await over();
    expect((await run.describe()).runId).not.toBe(first);
    const late = act('employee', 'respond', { response: 'disputed' });
    expect(await decideNow(here.house, late)).toMatchObject({ is: 'refused' });
    await over();
    const { rows } = await here.house.pool.query('select status, next_wake from cases where case_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ status: 'final', next_wake: null }]);
  }, 60_000);
});
