import { describe, expect, it } from 'vitest';
import { shownRow } from '../../src/client/ask-history.ts';
import { whoIs } from '../../src/client/ask-names.ts';
import { classesOf, readsInside, seesGate, sightOf } from '../../src/client/ask-reader.ts';
import type { Reader, Sight } from '../../src/client/ask-reader.ts';
import { apartFrom } from '../../src/domain/apart.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import { can, canRead } from '../../src/domain/kernel/can.ts';
import type { Reach } from '../../src/domain/kernel/can.ts';
import { factSeen } from '../../src/domain/seen.ts';
import type { RowDraft } from '../../src/domain/kernel/held.ts';
import { maySee, whyAll } from '../../src/domain/kernel/why.ts';
import type { KeptObligation } from '../../src/domain/kernel/why.ts';
import type { Capacity, Visibility } from '../../src/domain/kernel/words.ts';
import type { LedgerRow } from '../../src/ledger/fold.ts';
import { clockOn, employment, someone } from './clock-house.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { person, site } from './house.ts';
import {
  draft,
  employee as reviewed,
  hr as hrPartner,
  manager,
  probation,
  supervisor as reviewer,
  toSign,
} from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** Who learns what of an employment: rows, states, gates and what waits, by what a thing is about (domain 2.1, 5.2). */

const org = `org_${'0'.repeat(26)}`;
const LATER = Date.UTC(2030, 0, 1);

interface Held {
  readonly capacity: Capacity;
  readonly from?: number;
}

function readerFor(
  as: string,
  offices: Readonly<Record<string, readonly Held[]>> = {},
  standsInFor: readonly string[] = [],
): Reader {
  const assignments = Object.entries(offices).flatMap(([who, held]) =>
    held.map(({ capacity, from = 0 }) => ({ person: who, capacity, scope: site, from, to: null })),
  );
  const delegations = standsInFor.map((from) => ({ from, to: as, since: 0, until: null }));
  return { as, now: LATER, assignments, delegations };
}

const kindIn = (one: SingleCase) => one.id.slice(0, one.id.indexOf('-')) as 'employment' | 'review' | 'clock';

const sightIn = (one: SingleCase, reader: Reader): Sight =>
  sightOf(reader, { kind: kindIn(one), id: one.id, site, org }, one.holds);

function ledgerRow(draft: RowDraft, visibility: Visibility = draft.visibility): LedgerRow {
  const { stamp } = draft;
  return {
    ...{
      org,
      position: stamp.sequence,
      case_id: 'employment-x',
      sequence: stamp.sequence,
      kind: draft.kind,
      at: stamp.at,
    },
    ...{
      actor: stamp.actor,
      how: stamp.how,
      capacity: stamp.capacity,
      on_behalf_of: '',
      decision_id: stamp.decisionId,
    },
    ...{
      decision_index: draft.index,
      asked_at: stamp.asked,
      supersedes: '',
      visibility,
      retention: draft.retention,
    },
    ...{ facts: '[]', terms: '{}', texts: '[]', body: JSON.stringify(draft.body) },
  };
}

function shownTo(one: SingleCase, reader: Reader, written?: Visibility) {
  const sight = sightIn(one, reader);
  const decider = deciderOf(kindIn(one));
  const look = { reader: sight.person, now: LATER, terms: one.terms };
  return one.rows
    .map((draft) =>
      shownRow(
        kindIn(one),
        ledgerRow(draft, draft.kind === 'prompted' ? written : undefined),
        sight,
        new Map(),
        (row) => decider.hidden?.(one.holds?.own, row, look) === true,
      ),
    )
    .filter((row) => row.kind !== null);
}

/** A termination that waits for its second person, and a conduct matter that waits for an answer. */
function inTrouble(): Employed {
  const one = onTheJob();
  one.moveTo('2025-06-02');
  one.must(people.supervisor, 'raise_conduct', { concern: 'records', on: '2025-06-02' });
  one.must(people.hr, 'propose_separation', {
    ...{
      how: 'terminated_performance',
      lastDay: '2025-06-30',
      reasons: ['performance'],
      comparator: 'same_as_comparator',
    },
  });
  one.moveTo('2025-06-16');
  return one;
}

const narrowCodes = /"(?:D9\.5|R9\.5|X15)/u;
const line = [people.supervisor, people.manager] as const;

describe('prompts and what came late have the class of what they are about', () => {
  it('X15, D9.5: neither the line nor the machine learns of it from a prompt; HR does', () => {
    const one = inTrouble();
    const asked = one.rows.filter(
      ({ kind, body }) => kind === 'prompted' && narrowCodes.test(JSON.stringify(body)),
    );
    expect(asked.length).toBeGreaterThan(4);
    expect(new Set(asked.map((row) => row.visibility))).toEqual(new Set(['C2']));
    for (const who of [people.supervisor, 'installation'])
      expect(JSON.stringify(shownTo(one, readerFor(who)))).not.toMatch(narrowCodes);
    const hr = readerFor(people.hr, { [people.hr]: [{ capacity: 'hr' }] });
    expect(JSON.stringify(shownTo(one, hr))).toMatch(narrowCodes);
  });

  it('rows written before are read under the same class, and who was asked reads that they were', () => {
    const one = inTrouble();
    expect(JSON.stringify(shownTo(one, readerFor(people.supervisor), 'C1'))).not.toMatch(narrowCodes);
    const told = shownTo(one, readerFor(people.employee), 'C1');
    expect(JSON.stringify(told)).toContain('"X15:answer');
    expect(JSON.stringify(told)).not.toMatch(/"(?:D9\.5|R9\.5)/u);
  });

  it('what is about daily work stays readable', () => {
    const one = inTrouble();
    expect(
      shownTo(one, readerFor(people.supervisor)).filter(({ kind }) => kind === 'prompted').length,
    ).toBeGreaterThan(5);
  });

  it('UNDELIVERED: a message that did not arrive is for HR, under an id that says nothing', () => {
    const one = inTrouble();
    const prompt = one.prompts.find(({ code }) => code === 'D9.5')?.key ?? '';
    one.tell(one.id, { kind: 'prompt_undelivered', body: { prompt, code: 'bounced' } });
    const owed = one.obligations.find(({ code }) => code === 'UNDELIVERED');
    expect(owed?.visibility).toBe('C2');
    expect(owed?.id).not.toMatch(/D9|R9|X15/u);
    expect(one.rows.at(-1)?.visibility).toBe('C2');
  });

  it('R8.7: that the word of an office is asked for is not for the person it is about', () => {
    const one = probation();
    one.moveTo('2025-08-04');
    const cites = { relationships: 'session:s12', overall: 'action:a3' };
    const negative = { ratings: { relationships: 2 }, overall: 'does_not_meet', cites };
    one.must(reviewer, 'submit_draft', draft(negative));
    one.must(hrPartner, 'check_standard', { result: 'same_as_comparator' });
    one.must(reviewed, 'hold_talk', { held: '2025-08-04' });
    one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
    one.moveTo('2025-08-12');
    const open = one.obligations.map((owed): KeptObligation => ({
      ...owed,
      next: null,
      rung: null,
      reminded: 0,
    }));
    expect(open.map(({ code }) => code)).toContain('R8.7');
    expect(one.prompts.map(({ code }) => code)).toContain('R8.7');
    for (const who of [reviewed, reviewer]) {
      const reader = readerFor(who);
      expect(JSON.stringify(whyAll(open, sightIn(one, reader)))).not.toContain('R8.7');
      expect(JSON.stringify(shownTo(one, reader))).not.toContain('R8.7');
      expect(JSON.stringify(shownTo(one, reader, 'C1'))).not.toContain('R8.7');
    }
  });
});

describe('who has to answer or to decide can read what it is about', () => {
  const bodiesOf = (one: Employed, reader: Reader): ReadonlyMap<string | null, object | null> =>
    new Map(shownTo(one, reader).map(({ kind, body }) => [kind, body]));
  const answered = (): Employed => {
    const one = inTrouble();
    one.must(people.employee, 'answer_conduct', { answer: 'own_words', text: 'txt_dec_9_text' });
    one.must(people.hr, 'propose_pay_change', { reason: 'step', from: 2000, to: 2100, on: '2025-07-01' });
    return one;
  };

  it('X15: the employee reads what is raised, the manager that and the answer; proposals stay closed', () => {
    const one = answered();
    const raised = { concern: 'records', on: '2025-06-02', by: people.supervisor };
    for (const { code, owner } of inTrouble().obligations)
      if (code === 'X15') expect(bodiesOf(one, readerFor(owner)).get('conduct_raised')).toEqual(raised);
    const decides = one.obligations.find(({ code }) => code === 'X15')?.owner ?? '';
    expect(decides).toBe(people.manager);
    expect(bodiesOf(one, readerFor(decides)).get('conduct_raised')).toEqual(raised);
    expect(bodiesOf(one, readerFor(decides)).get('conduct_answered')).toMatchObject({
      text: 'txt_dec_9_text',
    });
    one.must(people.manager, 'propose_measure', { measure: 'talk' });
    expect([...bodiesOf(one, readerFor(people.employee)).keys()]).not.toContain('measure_proposed');
    one.must(people.hr, 'confirm_measure');
    for (const who of [people.employee, people.manager])
      expect(bodiesOf(one, readerFor(who)).get('measure_settled')).toEqual({ measure: 'talk' });
    for (const closed of ['separation_proposed', 'pay_change_proposed'])
      for (const who of [people.employee, people.manager, people.supervisor])
        expect([...bodiesOf(one, readerFor(who)).keys()], closed).not.toContain(closed);
    for (const others of ['conduct_answered', 'measure_settled'])
      expect([...bodiesOf(one, readerFor(people.supervisor)).keys()]).not.toContain(others);
  });

  it('D9.8: the employee reads what was decided about their pay, and nobody in the line does', () => {
    const one = answered();
    one.must(people.hrDirector, 'confirm_pay_change');
    expect(bodiesOf(one, readerFor(people.employee)).get('pay_changed')).toMatchObject({ to: 2100 });
    for (const who of line) expect([...bodiesOf(one, readerFor(who)).keys()]).not.toContain('pay_changed');
  });

  it('whoever it is about reads nothing of it in the place of the one who decides', () => {
    const one = answered();
    one.must(people.manager, 'propose_measure', { measure: 'talk' });
    const inPlace = readerFor(people.employee, {}, [people.manager]);
    expect([...bodiesOf(one, inPlace).keys()]).not.toContain('measure_proposed');
    const other = readerFor(people.second, {}, [people.manager]);
    expect(bodiesOf(one, other).get('measure_proposed')).toMatchObject({ measure: 'talk' });
  });
});

describe('what would tell a closed answer', () => {
  it('D9.6, X22: that a second person is waited for, or who sees to what is left, is for HR', () => {
    const leaving = onTheJob();
    leaving.moveTo('2025-06-02');
    leaving.must(people.employee, 'resign', { how: 'resigned', lastDay: '2025-06-30', reasons: [] });
    const died = onTheJob();
    died.must(people.hr, 'record_death', { owner: people.director });
    for (const [one, code] of [
      [leaving, 'D9.6'],
      [died, 'X22'],
    ] as const) {
      const open = one.obligations.map((owed): KeptObligation => ({
        ...owed,
        next: null,
        rung: null,
        reminded: 0,
      }));
      expect(open.map((owed) => owed.code)).toContain(code);
      for (const who of [...line, people.employee, 'installation'])
        expect(JSON.stringify(whyAll(open, sightIn(one, readerFor(who)))), who).not.toContain(code);
    }
  });

  it('D9.6: who may come back is published for other cases, and shown to HR and the person', () => {
    for (const who of [['supervisor'], ['manager'], ['auditor']] as const)
      expect(factSeen('rehire', who, false)).toBe(false);
    expect(factSeen('rehire', ['employee'], false)).toBe(true);
    expect(factSeen('rehire', ['hr'], true)).toBe(true);
    expect(factSeen('nothing_asked', ['supervisor'], false)).toBe(false);
    expect(factSeen('employed', ['supervisor'], false)).toBe(true);
  });

  it('D7.3: what raised a flag on a month with one view is told to neither of the two', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '12:00');
    const view = { core: 40, support: 20, shared: 30, nonPeer: 10, prohibited: ['P_MED_ADMIN'] };
    one.must(people.employee, 'answer_pulse', { month: '2025-05', ...view });
    one.moveTo('2025-06-10');
    one.must(people.hr, 'waive_pulse');
    const flag = (reader: Reader) => shownTo(one, reader).find(({ kind }) => kind === 'drift_flagged');
    const hr = readerFor(people.hr, { [people.hr]: [{ capacity: 'hr' }] });
    expect(flag(hr)?.body).toMatchObject({ triggers: expect.arrayContaining(['prohibited']) });
    const decider = deciderOf('employment');
    for (const who of [people.supervisor, people.employee]) {
      expect(flag(readerFor(who))?.body).toBeNull();
      const look = { reader: who, now: LATER, terms: one.terms, classes: ['C0', 'C1'] as const };
      expect(JSON.stringify(decider.veiled?.(one.holds?.own, look))).not.toContain('prohibited"');
    }
  });
});

describe('states and gates', () => {
  const seenBy = (one: Employed, classes: readonly Visibility[]): string => {
    const decider = deciderOf('employment');
    const look = { reader: people.supervisor, now: LATER, terms: one.terms, classes };
    return JSON.stringify(decider.veiled?.(one.holds?.own, look));
  };

  it('D9.5, X15: proposals and conduct are in no state but HR’s', () => {
    const one = inTrouble();
    expect(seenBy(one, ['C0', 'C1'])).not.toMatch(/terminated_performance|"conduct"|comparator/u);
    expect(seenBy(one, ['C0', 'C1', 'C2'])).toMatch(/terminated_performance/u);
  });

  it.each(['R9.2', 'R9.5', 'X10', 'X15'])(
    '%s is a gate only for whoever may know what waits at it',
    (gate) => {
      const one = inTrouble();
      for (const who of [...line, people.employee, 'installation'])
        expect(seesGate(sightIn(one, readerFor(who)), 'employment', gate), who).toBe(false);
      const hr = readerFor(people.hr, { [people.hr]: [{ capacity: 'hr' }] });
      expect(seesGate(sightIn(one, hr), 'employment', gate)).toBe(true);
      expect(seesGate(sightIn(one, readerFor(people.supervisor)), 'employment', 'G6')).toBe(true);
    },
  );

  it('which confidential matter a leave is, stands in no row and no state that is shown', () => {
    const one = onTheJob();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-20', to: '2025-05-23' } });
    const hr = readerFor(people.hr, { [people.hr]: [{ capacity: 'hr' }] });
    const noted = shownTo(one, hr).find(({ kind }) => kind === 'leave_noted');
    expect(noted?.body).toMatchObject({ from: '2025-05-20', to: '2025-05-23' });
    expect(JSON.stringify(noted)).not.toContain(leave);
    expect(seenBy(one, ['C0', 'C1', 'C2'])).not.toContain(leave);
    expect(seenBy(one, ['C0', 'C1', 'C2'])).toContain('2025-05-20');
  });
});

describe('whoever runs or audits the machine', () => {
  const auditor = person('auditor');
  const machines = [readerFor('installation'), readerFor(auditor, { [auditor]: [{ capacity: 'auditor' }] })];

  it('sees of a review and an employment that things happened, and nothing of what they say', () => {
    for (const reader of machines) {
      const rows = shownTo(toSign(), reader);
      expect(rows.map(({ kind }) => kind)).toContain('draft_submitted');
      expect(JSON.stringify(rows)).not.toMatch(/ratings|overall/u);
      for (const one of rows) expect(one.masked, one.kind ?? '').toBe(true);
    }
  });

  it('sees that a session or a talk was held, or not', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '16:30');
    one.meets('2025-05-13');
    for (const reader of machines) {
      const logged = shownTo(one, reader).find(({ kind }) => kind === 'session_logged');
      expect(logged?.body).toEqual({ session: '2025-05-13', outcome: 'held' });
      expect(classesOf(sightIn(one, reader), 'employment')).toEqual(['C0']);
    }
  });

  it('reads what belongs to no person as before', () => {
    const [machine] = machines;
    const sight = sightIn(onTheJob(), machine!);
    expect(readsInside(sight, 'readiness', 'C1')).toBe(true);
    expect(readsInside(sight, 'employment', 'C1')).toBe(false);
  });

  it('D6.3: what mentor and employee talk about is for the two; others see that they did', () => {
    const one = onTheJob();
    one.moveTo('2025-05-19');
    const talk = Number(one.obligations.find(({ code }) => code === 'P6.2')?.id.split(':')[1]);
    one.must(people.employee, 'record_mentor_talk', {
      talk,
      outcome: 'held',
      topics: ['settling_in', 'team'],
    });
    const told = (who: string) =>
      shownTo(one, readerFor(who)).find(({ kind }) => kind === 'talk_recorded')?.body;
    expect(told(people.supervisor)).toEqual({ talk, outcome: 'held' });
    expect(told(people.employee)).toMatchObject({ topics: ['settling_in', 'team'] });
    // 5.2: theirs as well, whichever of the two wrote it down; not a colleague's who mentors somebody else.
    expect(told(people.mentor)).toMatchObject({ topics: ['settling_in', 'team'] });
    expect(told(people.second) ?? {}).not.toHaveProperty('topics');
  });
});

describe('stand-ins', () => {
  it('about themselves nobody is spoken for: no view, no resignation, no signature', () => {
    const one = onTheJob();
    one.standsIn(people.supervisor, people.employee);
    one.moveTo('2025-05-30', '10:00');
    const own = { code: 'not_permitted', missing: [{ code: 'own_case' }] };
    const leaving = { how: 'resigned', lastDay: '2025-06-20', reasons: [] };
    const as = { onBehalfOf: people.employee };
    expect(one.ask(people.supervisor, 'resign', leaving, as)).toMatchObject(own);
    const review = toSign();
    review.standsIn(reviewer, reviewed);
    expect(review.ask(reviewer, 'respond', { response: 'signed' }, { onBehalfOf: reviewed })).toMatchObject(
      own,
    );
  });

  it('in other things they stand in as before', () => {
    const one = onTheJob();
    one.standsIn(people.second, people.supervisor);
    one.moveTo('2025-05-13', '16:30');
    const held = {
      session: '2025-05-13',
      outcome: 'held',
      on: '2025-05-13',
      minutes: 60,
      mode: 'in_person',
      topics: ['skills'],
      actions: [],
    };
    one.must(people.second, 'log_session', held, { onBehalfOf: people.supervisor });
    expect(one.rows.at(-1)?.stamp.onBehalfOf).toBe(people.supervisor);
  });

  it('nobody reads the vault of the one they stand in for, nor sees what that one is asked about themselves', () => {
    const one = clockOn('2025-06-02');
    one.seen.push({
      kind: 'concerns',
      subject: employment,
      value: `${someone},${site}`,
      case: employment,
      sequence: 1,
    });
    const against = person('supervisor');
    one.assign(person('investigator'), 'investigating_officer');
    one.must(someone, 'report_concern', {
      site,
      person: someone,
      parent: employment,
      concern: 'harassment',
      against,
    });
    expect(sightIn(one, readerFor(someone)).capacities).toContain('employee');
    const sight = sightIn(one, readerFor(against, {}, [someone]));
    expect(sight.capacities).toEqual([]);
    expect(sight.owners).not.toContain(someone);
    const employed = onTheJob();
    const standIn = sightIn(employed, readerFor(people.manager, {}, [people.employee]));
    expect(maySee('C2', standIn, [people.employee])).toBe(false);
  });

  it('nobody reads by an office what stands against themselves, their own or one they stand in for', () => {
    const one = inTrouble();
    const offices = {
      [people.hr]: [{ capacity: 'hr' as const }],
      [people.hrDirector]: [{ capacity: 'hr_director' as const }],
    };
    const standing = sightIn(one, readerFor(people.employee, offices, [people.hr]));
    const holding = sightIn(
      one,
      readerFor(people.employee, { [people.employee]: [{ capacity: 'hr_director' }] }),
    );
    const open = one.obligations.map((owed): KeptObligation => ({
      ...owed,
      next: null,
      rung: null,
      reminded: 0,
    }));
    for (const sight of [standing, holding]) {
      expect(sight.capacities).toEqual(['employee']);
      expect(canRead(sight.capacities, 'C2')).toBe(false);
      expect(JSON.stringify(whyAll(open, sight))).not.toMatch(/D9\.5|R9\.5/u);
    }
    const hr = sightIn(one, readerFor(people.hr, offices));
    expect(JSON.stringify(whyAll(open, hr))).toMatch(/D9\.5/u);
  });

  it('nobody is asked by an office of theirs about themselves, nor by one that gives its word about whom they lead', () => {
    const one = inTrouble();
    const all = ['accommodation_officer', 'investigating_officer', 'hr', 'it'] as const;
    const held = all.map((capacity) => ({ capacity }));
    const open = one.obligations.map((owed): KeptObligation => ({
      ...{ ...owed, next: null, reminded: 0 },
      rung: { id: 'r5', at: owed.due, to: [`hr@${site}`] },
    }));
    const words = /R9\.5|D9\.5:word/u;
    const officer = sightIn(one, readerFor(people.officer, { [people.officer]: held }));
    expect(JSON.stringify(whyAll(open, officer))).toMatch(words);
    for (const standsInFor of [[], [people.supervisor], [people.hr]]) {
      const offices = { [people.employee]: held, [people.hr]: [{ capacity: 'hr' as const }] };
      expect(sightIn(one, readerFor(people.employee, offices, standsInFor)).owners).toEqual([
        people.employee,
      ]);
    }
    for (const who of [people.supervisor, people.second, people.manager, people.mentor]) {
      const sight = sightIn(one, readerFor(who, { [who]: held.slice(0, 2) }));
      expect(sight.owners).toEqual([who]);
      expect(JSON.stringify(whyAll(open, sight))).not.toMatch(words);
      const away = sightIn(one, readerFor(person('stand-in'), { [who]: held.slice(0, 2) }, [who]));
      // A mentor's part is lent to nobody.
      const lent = who === people.mentor ? [] : [who];
      expect(away.owners).toEqual([person('stand-in'), ...lent]);
    }
  });

  it('says of an office whom it is asked of: the next who holds it, or nobody', () => {
    const one = inTrouble();
    const office = `accommodation_officer@${site}`;
    const relations = deciderOf('employment').relations(one.holds!.own);
    const apart = apartFrom('employment', relations, office);
    const reader = (next: readonly Held[]): Reader =>
      readerFor(people.hr, {
        ...{ [people.employee]: [{ capacity: 'accommodation_officer' }] },
        ...{ [people.manager]: [{ capacity: 'accommodation_officer' }], [people.officer]: next },
      });
    const held = [{ capacity: 'accommodation_officer' as const }];
    expect(whoIs(office, reader(held), relations, apart).person).toBe(people.officer);
    expect(whoIs(office, reader([]), relations, apart).person).toBeNull();
    expect(apartFrom('employment', relations, `hr@${site}`)).toEqual([people.employee]);
    expect(apartFrom('employment', relations, people.employee)).toEqual([]);
  });

  it('a closed office is lent only to who holds it as well, whenever it was given', () => {
    const [ana, luis] = [person('ana'), person('luis')];
    const office = (who: string, from: number) => ({
      person: who,
      capacity: 'leave_officer' as const,
      scope: site,
      from,
      to: null,
    });
    const reach = (assignments: Reach['assignments']): Reach => ({
      ...{ scopes: [site], assignments, relations: [], at: 20 },
      delegations: [{ from: ana, to: luis, since: 0, until: null }],
    });
    const right = { code: 'D9.4', by: ['leave_officer'] as const };
    expect(can(luis, right, reach([office(ana, 10)]), ana)).toMatchObject({ code: 'not_permitted' });
    expect(can(luis, right, reach([office(ana, 10), office(luis, 15)]), ana)).toMatchObject({
      capacity: 'leave_officer',
    });
    const mayHire = { code: 'D5.1', by: ['hr'] as const };
    const hr = { person: ana, capacity: 'hr' as const, scope: site, from: 0, to: null };
    expect(can(luis, mayHire, reach([hr]), ana)).toMatchObject({ capacity: 'hr' });
  });
});
