// Years of one employment through the pure domain, in which everybody does what they owe on its day. Each step is noted,
// so that the same years can be written through the step of a real database afterwards.
import { readFileSync } from 'node:fs';
import { load, root } from './dist.mjs';

const { employment } = await load('domain/employment/decider.js');
const { policiesToRead } = await load('domain/employment/words.js');
const { advance } = await load('domain/kernel/advance.js');
const calendars = await load('domain/kernel/calendar.js');
const { canonical, opaque, sha256Hex } = await load('domain/kernel/digest.js');
const { inJurisdiction } = await load('domain/kernel/policy.js');
const { isRefusal } = await load('domain/kernel/refusal.js');
const { policySchema, profileSchema } = await load('contracts/policy.js');
const { makeCalendar } = await load('directory/make-calendar.js');
const { addDays, dateOf, instantOf, rollForward } = calendars;

const read = (path) => JSON.parse(readFileSync(new URL(`policies/${path}`, root), 'utf8'));

export const site = `site_${opaque('bench site')}`;
const person = (word) => `prs_${opaque(word)}`;
export const people = {
  supervisor: person('bench supervisor'),
  employee: person('bench employee'),
  mentor: person('bench mentor'),
  manager: person('bench manager'),
  hr: person('bench hr'),
  compliance: person('bench compliance'),
  adviser: person('bench adviser'),
};
/** Who holds a capacity of the site; all others are named in the case. */
export const holders = [
  [people.hr, 'hr'],
  [people.compliance, 'compliance'],
  [people.adviser, 'independent_adviser'],
];
export const caseOf = (kind, word) => `${kind}-${opaque(word)}`;
export const sources = {
  candidacy: caseOf('candidacy', 'bench'),
  opening: caseOf('opening', 'bench'),
  role: caseOf('role', 'bench'),
  leave: caseOf('clock', 'bench'),
};

/** The documents of the site: default policy, an invented comparator, a calendar of so many years. */
export function documents(firstYear, lastYear) {
  const hours = { zone: 'America/New_York', opens: '09:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] };
  return {
    policy: policySchema.parse(read('default.json')),
    profile: profileSchema.parse(read('profiles/generic.json')),
    calendar: makeCalendar({
      ...{ id: 'bench', ...hours, firstYear, lastYear },
      holidays: read('holidays/us-federal.json'),
    }),
    comparator: {
      ...{ v: 1, site, source: 'staff handbook, invented', recorded: `${firstYear}-01-02` },
      values: {
        ...{ probation_d: 90, probation_extension_d: 30, review_cycle: 'six_month,annual' },
        ...{ review_scale: '1-5', review_form: 'common-1', mentoring_months: 6, sick_leave_policy: 'same' },
        ...{ pay_low: 2290, pay_high: 2604 },
      },
    },
  };
}

/** The terms made of documents, as the store of documents would give them. */
export function termsOf({ policy, profile, calendar, comparator }) {
  const hash = (value) => sha256Hex(canonical(value));
  const ref = {
    ...{ policy: hash(policy), calendar: hash(calendar) },
    ...{ profile: hash(profile), comparator: hash(comparator) },
  };
  return { ref, policy: inJurisdiction(policy, profile), calendar, profile, comparator };
}

/** @param trained day of the supervisor's training */
export const qualified = (sequence, trained) => ({
  ...{ kind: 'supervisor_qualified', subject: people.supervisor, value: trained },
  ...{ case: sources.candidacy, sequence },
});

/** What a candidacy tells the employment it starts. */
export function startNotice(dayOne) {
  const { supervisor, employee, mentor, manager } = people;
  const { candidacy, opening, role } = sources;
  return {
    ...{ site, person: employee, candidacy, opening, role, roleVersion: 1, dayOne, supervisor },
    ...{ secondSupervisor: null, mentor, manager, conditional: false },
    qualified: { [supervisor]: addDays(dayOne, -10) },
    credential: { status: 'verified', validTo: addDays(dayOne, 200) },
    exclusionCheckedOn: addDays(dayOne, -20),
  };
}

/** One employment in memory. `ops` keeps what moved it, in order. */
export class Years {
  held = null;
  obligations = [];
  ops = [];
  rows = 0;
  reviews = [];
  back = null;
  wake = null;
  facts = [];

  constructor(terms, word, dayOne) {
    this.terms = terms;
    this.facts = [qualified(1, addDays(dayOne, -10))];
    this.id = caseOf('employment', word);
    const before = rollBackFrom(terms.calendar, dayOne);
    this.now = instantOf(terms.calendar, before, '10:00');
    this.assignments = holders.map(([who, capacity]) => ({
      ...{ person: who, capacity, scope: site, from: 0, to: null },
    }));
    this.context = {
      ...{ org: `org_${'0'.repeat(26)}`, case: this.id, facts: this.facts, opening: { site, terms } },
      ...{ assignments: this.assignments, delegations: [], termsOf: () => terms },
    };
    this.tell('start_employment', startNotice(dayOne), sources.candidacy);
  }

  /** As the step gives it. A plain literal: each object spread from another has a form of its own, which is slow to read. */
  contextAt(now) {
    const { org, case: id, facts, opening, assignments, delegations, termsOf } = this.context;
    return { org, case: id, now, opening, facts, assignments, delegations, termsOf };
  }

  get today() {
    return dateOf(this.terms.calendar, this.now);
  }

  must(actor, type, payload = {}) {
    const decisionId = `dec-${this.id.slice(-8)}-${this.ops.length}`;
    const envelope = { decisionId, actor, how: 'asserted_local', acknowledge: [] };
    const answer = this.step([{ origin: 'ask', ...envelope, asked: this.now, command: { type, payload } }], {
      envelope: { v: 1, ...envelope, case: this.id, type, payload },
    });
    if (isRefusal(answer))
      throw new Error(`refused: ${this.today} ${type} ${answer.code} ${JSON.stringify(answer.missing)}`);
  }

  tell(kind, body, from = sources.leave) {
    const key = `${from}/${this.ops.length}/${this.id.slice(-8)}`;
    this.step([{ origin: 'notice', decisionId: key, from, asked: this.now, notice: { kind, body } }], {
      notice: { key, from, kind, body },
    });
  }

  moveTo(date, wall) {
    const until = instantOf(this.terms.calendar, date, wall);
    while (this.wake !== null && this.wake <= until) {
      this.now = Math.max(this.now, this.wake);
      this.step([], {});
    }
    this.now = until;
  }

  step(inputs, op) {
    this.ops.push({ at: this.now, inputs, envelope: op.envelope, notice: op.notice });
    const advanced = advance(employment, this.held, inputs, this.contextAt(this.now));
    this.held = advanced.held;
    this.wake = advanced.nextWake;
    this.obligations = advanced.obligations;
    this.rows += advanced.rows.length;
    for (const { kind, to, body } of advanced.notices)
      if (kind === 'start_review') this.reviews.push({ ...body, to });
    return advanced.answer;
  }
}

/** The same years once more, through the domain alone: whoever answered, and when, is known. @returns the last state */
export function again(one) {
  let held = null;
  for (const { at, inputs } of one.ops) held = advance(employment, held, inputs, one.contextAt(at)).held;
  return held;
}

function rollBackFrom(calendar, date) {
  return calendars.rollBack(calendar, addDays(date, -1));
}

const pulse = { core: 78, support: 16, shared: 6, nonPeer: 0, prohibited: [] };
const session = {
  outcome: 'held',
  minutes: 60,
  mode: 'in_person',
  topics: ['role_fit', 'skills'],
  actions: [],
};

/** What each obligation asks for, done by its owner. */
const answers = {
  'P6.1': (one, owed) => one.must(owed.owner, 'confirm_day_one'),
  'P5.6': (one) => one.must(people.mentor, 'welcome'),
  'P6.6': (one) => one.must(people.employee, 'acknowledge_policies', { policies: policiesToRead }),
  'D6.1': (one, owed, [, item]) =>
    one.must(owed.owner.startsWith('hr@') ? people.hr : owed.owner, 'settle_item', { item, outcome: 'done' }),
  'D6.2': (one) => {
    one.must(people.supervisor, 'log_supervised_hours', { on: one.today, minutes: 360 });
    one.must(people.supervisor, 'answer_ready', { outcome: 'yes', missing: [] });
    one.must(people.employee, 'answer_ready', { outcome: 'yes', missing: [] });
  },
  'D6.4': (one, owed, [, , at, who]) =>
    one.must(who === 'hr' ? people.hr : people.employee, 'answer_check_in', {
      ...{ at: Number(at), outcome: 'fine', needs: [] },
    }),
  'P6.2': (one, owed, [, talk]) =>
    one.must(people.mentor, 'record_mentor_talk', { talk: Number(talk), outcome: 'held', topics: [] }),
  'P6.3': (one) => one.must(people.supervisor, 'settle_mentoring', { outcome: 'ended' }),
  'P6.4': (one, owed) => one.must(owed.owner, 'answer_integration', { no: [] }),
  'D6.6': (one, owed, [, part]) =>
    part === 'confirm'
      ? one.must(people.hr, 'confirm_completion')
      : one.must(people.supervisor, 'propose_completion', { outcome: 'complete' }),
  'P7.1': (one, owed, [, name]) => one.must(people.supervisor, 'log_session', { session: name, ...session }),
  'D7.1': (one, owed, [, , name]) =>
    one.must(people.employee, 'confirm_session', { session: name, view: 'agrees' }),
  'D7.6': (one, owed, [, part]) =>
    part === 'confirm'
      ? one.must(people.employee, 'confirm_cadence')
      : one.must(people.supervisor, 'propose_cadence', { change: 'step_down', weeks: 2 }),
  'P7.3': (one, owed, [, month]) => one.must(owed.owner, 'answer_pulse', { month, ...pulse }),
  OBSERVE: (one, owed) =>
    one.must(owed.owner, 'record_observation', {
      on: one.today,
      outcome: 'held_with_consent',
      topics: session.topics,
    }),
  X11: (one, owed) =>
    one.must(people.hr, 'record_supervisor_training', { supervisor: owed.owner, on: one.today }),
  'P7.6': (one) => one.must(people.employee, 'record_ce_hours', { hours: 10, ethics: 3 }),
  'P7.7': (one) => one.must(people.compliance, 'record_exclusion_check', { outcome: 'clear' }),
  'P9.1': (one) => one.must(people.supervisor, 'propose_growth_plan', { outcome: 'agreed' }),
  'D9.1': (one) => one.must(people.employee, 'answer_growth_plan', { answer: 'agreed' }),
  'P9.2': (one) => one.must(people.hr, 'record_stay_interview', { outcome: 'held', topics: [] }),
  'P9.4': (one) => {
    const word = { outcome: 'declined', steps: [], criteria: [] };
    one.must(people.manager, 'propose_promotion', word);
    one.must(people.hr, 'confirm_promotion');
  },
  'P9.5': (one, owed) => one.must(owed.owner, 'record_networking', { on: one.today, outcome: 'taken' }),
  REFLECT: (one, owed) =>
    one.must(owed.owner, 'record_reflection_group', { on: one.today, outcome: 'attended' }),
};

/** What the clockwork does by itself needs nobody. */
const byItself = (owed) =>
  owed.code === 'D8.1' || owed.code === 'TENSION' || owed.id.startsWith('D7.1:leave');
/** What its owner does as soon as it is owed. */
const atOnce = (owed) => owed.code === 'D7.6' || owed.id.startsWith('D6.6:confirm');

function nextDay(one) {
  const open = one.obligations.filter((owed) => !byItself(owed)).map((owed) => owed.due);
  const days = [dateOf(one.terms.calendar, Math.min(...open)), ...one.reviews.map((review) => review.due)];
  if (one.back !== null) days.push(one.back);
  const first = days.toSorted((a, b) => (a < b ? -1 : 1))[0];
  return first > one.today ? first : one.today;
}

/** A fortnight of leave in January, as other cases hear of it. */
function winter(one) {
  if (one.back !== null && one.today >= one.back) {
    one.tell('leave_ended', { clock: sources.leave, returned: one.back });
    one.back = null;
  }
  const day = one.today.slice(5);
  if (one.back !== null || day < '01-02' || day > '01-09') return;
  const from = addDays(one.today, 3);
  one.back = rollForward(one.terms.calendar, addDays(from, 14));
  one.tell('leave_set', { clock: sources.leave, from, to: one.back });
}

function day(one) {
  const due = one.reviews.filter((review) => review.due <= one.today);
  one.reviews = one.reviews.filter((review) => review.due > one.today);
  for (const { to, cycle } of due)
    one.tell('review_closed', { review: to, cycle, outcome: 'meets', response: 'signed' }, to);
  for (let guard = 0; guard < 40; guard += 1) {
    const ripe = (each) => each.due <= one.now + 4 * 3_600_000 || atOnce(each);
    const owed = one.obligations.find((each) => ripe(each) && !byItself(each));
    if (owed === undefined) break;
    if (answers[owed.code] === undefined) throw new Error(`nobody answers ${owed.id}`);
    answers[owed.code](one, owed, owed.id.split(':'));
  }
  winter(one);
}

/** Lives up to a day, not including it. */
export function live(one, before) {
  for (;;) {
    const next = nextDay(one);
    if (next >= before) return;
    one.moveTo(next, next > one.today ? '14:00' : '15:00');
    day(one);
  }
}
