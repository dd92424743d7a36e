import { readFileSync } from 'node:fs';
import { parseCommand } from '../../src/contracts/commands.ts';
import { employment } from '../../src/domain/employment/decider.ts';
import { policiesToRead } from '../../src/domain/employment/words.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import type { Advanced } from '../../src/domain/kernel/advance.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import { addDays, dateOf, instantOf, rollForward } from '../../src/domain/kernel/calendar.ts';
import type { CivilDate, Instant } from '../../src/domain/kernel/calendar.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import type { AnyDecider, Held, RowDraft } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { Refusal } from '../../src/domain/kernel/refusal.ts';
import type { AnyInput, NoticeOut, Receipt } from '../../src/domain/kernel/run.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import type { HolidayRules } from '../../src/directory/make-calendar.ts';
import { candidacy, id, leave, opening, people, role, topics } from './employment-house.ts';
import { site, termsForTests } from './house.ts';

/** Years of one employment through the pure domain, without what a specification checks at every step. */

const holidays = JSON.parse(
  readFileSync(new URL('../../policies/holidays/us-federal.json', import.meta.url), 'utf8'),
) as HolidayRules;

/** The terms of the specifications with a calendar of thirteen years. */
export function longTerms(): Terms {
  const calendar = makeCalendar({
    id: 'northside',
    zone: 'America/New_York',
    opens: '09:00',
    closes: '17:00',
    workdays: [1, 2, 3, 4, 5],
    firstYear: 2024,
    lastYear: 2036,
    holidays,
  });
  return { ...termsForTests(), calendar };
}

const assigned = [
  [people.hr, 'hr'],
  [people.compliance, 'compliance'],
  [people.adviser, 'independent_adviser'],
] as const;

export class Years {
  readonly terms: Terms;
  readonly dayOne = '2025-05-12';
  now: Instant;
  held: Held | null = null;
  rows: RowDraft[] = [];
  notices: NoticeOut[] = [];
  reviews: Review[] = [];
  back: CivilDate | null = null;
  obligations: readonly Obligation[] = [];
  steps = 0;
  /** Sees every step, once it is done. */
  watch: (advanced: Advanced) => void = () => undefined;
  private wake: Instant | null = null;
  private readonly facts: readonly FactSeen[];
  private readonly assignments = assigned.map(([who, capacity]) => ({
    person: who,
    capacity,
    scope: site,
    from: 0,
    to: null,
  }));

  constructor(terms: Terms) {
    this.terms = terms;
    this.now = instantOf(terms.calendar, '2025-05-09', '10:00');
    this.facts = [people.supervisor, people.second].map((subject) => ({
      kind: 'supervisor_qualified',
      subject,
      value: '2025-05-01',
      case: candidacy,
      sequence: 9,
    }));
    this.tell('start_employment', {
      qualified: { [people.supervisor]: '2025-05-01', [people.second]: '2025-05-01' },
      site,
      person: people.employee,
      candidacy,
      opening,
      role,
      roleVersion: 1,
      dayOne: this.dayOne,
      supervisor: people.supervisor,
      secondSupervisor: people.second,
      mentor: people.mentor,
      manager: people.manager,
      credential: {
        status: 'verified',
        validTo: '2025-11-30',
      },
      conditional: false,
      exclusionCheckedOn: '2025-04-17',
    });
  }

  get today(): CivilDate {
    return dateOf(this.terms.calendar, this.now);
  }

  ask(actor: string, type: string, given: object = {}): Receipt | Refusal {
    // As the façade does: a word that no command has would play something that cannot happen.
    const parsed = parseCommand('employment', type, given);
    if (isRefusal(parsed)) throw new Error(`malformed: ${type} ${JSON.stringify(parsed.missing)}`);
    const { payload } = parsed;
    const decisionId = `dec_${this.steps}`;
    const envelope = {
      decisionId,
      actor,
      how: 'asserted_local' as const,
      asked: this.now,
      acknowledge: ['D7.6'],
    };
    const answer = this.step([{ origin: 'ask', ...envelope, command: { type, payload } }]);
    if (answer === null) throw new Error('unanswered_command');
    return answer;
  }

  must(actor: string, type: string, payload: object = {}): void {
    const answer = this.ask(actor, type, payload);
    if (isRefusal(answer))
      throw new Error(
        `refused: ${this.today} ${type} ${answer.code} ${answer.rule ?? ''} ${JSON.stringify(answer.missing)}`,
      );
  }

  tell(kind: string, body: object, from: string = leave): void {
    const decisionId = `${from}/${this.steps}/0`;
    this.step([{ origin: 'notice', decisionId, from, asked: this.now, notice: { kind, body } }]);
  }

  /** Moves the clock, waking the case at each instant it asked for, or only at the end. */
  moveTo(date: CivilDate, wall = '14:00', everyWake = true): void {
    const until = instantOf(this.terms.calendar, date, wall);
    const last = everyWake ? until : -Infinity;
    while (this.wake !== null && this.wake <= last) {
      this.now = Math.max(this.now, this.wake);
      this.step([]);
    }
    this.now = until;
    if (!everyWake) this.step([]);
  }

  private step(inputs: readonly AnyInput[]): Receipt | Refusal | null {
    this.steps += 1;
    // As the registry of cases does: the kernel knows no case's own types.
    const decider = employment as unknown as AnyDecider;
    const advanced = advance(decider, this.held, inputs, {
      org: `org_${'0'.repeat(26)}`,
      case: id,
      now: this.now,
      facts: this.facts,
      opening: {
        site,
        terms: this.terms,
      },
      assignments: this.assignments,
      delegations: [],
      termsOf: () => this.terms,
    });
    this.held = advanced.held;
    this.wake = advanced.nextWake;
    this.obligations = advanced.obligations;
    this.rows.push(...advanced.rows);
    this.notices.push(...advanced.notices);
    for (const { kind, to, body } of advanced.notices)
      if (kind === 'start_review') this.reviews.push({ ...(body as Omit<Review, 'to'>), to });
    this.watch(advanced);
    return advanced.answer;
  }
}

/** What each obligation asks for, done by its owner; the rest is left to the next day. */
export function answer(one: Years, owed: Obligation): void {
  const { employee, supervisor, mentor, manager, hr, compliance } = people;
  const part = owed.id.split(':');
  switch (owed.code) {
    case 'P6.1':
      return one.must(owed.owner, 'confirm_day_one');
    case 'P5.6':
      return one.must(mentor, 'welcome');
    case 'P6.6':
      return one.must(employee, 'acknowledge_policies', { policies: policiesToRead });
    case 'D6.1':
      return one.must(owed.owner.startsWith('hr@') ? hr : owed.owner, 'settle_item', {
        item: part[1],
        outcome: 'done',
      });
    case 'D6.2':
      one.must(supervisor, 'log_supervised_hours', { on: one.today, minutes: 360 });
      one.must(supervisor, 'answer_ready', { outcome: 'yes', missing: [] });
      return one.must(employee, 'answer_ready', { outcome: 'yes', missing: [] });
    case 'D6.4':
      return one.must(part[3] === 'hr' ? hr : employee, 'answer_check_in', {
        at: Number(part[2]),
        outcome: 'fine',
        needs: [],
      });
    case 'P6.2':
      return one.must(mentor, 'record_mentor_talk', { talk: Number(part[1]), outcome: 'held', topics: [] });
    case 'P6.3':
      return one.must(supervisor, 'settle_mentoring', { outcome: 'ended' });
    case 'P6.4':
      return one.must(owed.owner, 'answer_integration', { no: [] });
    case 'D6.6':
      if (part[1] === 'confirm') return one.must(hr, 'confirm_completion');
      return one.must(supervisor, 'propose_completion', { outcome: 'complete' });
    case 'P7.1':
      return one.must(owed.owner === employee ? supervisor : owed.owner, 'log_session', {
        // An extra one is known by its number, and logged by its day.
        session: part[1]?.startsWith('extra_') === true ? part[2] : part[1],
        outcome: 'held',
        minutes: 60,
        mode: 'in_person',
        topics,
        actions: [],
      });
    case 'D7.1':
      return one.must(employee, 'confirm_session', { session: part[2], view: 'agrees' });
    case 'D7.6':
      if (part[1] === 'confirm') return one.must(employee, 'confirm_cadence');
      return one.must(supervisor, 'propose_cadence', { change: 'step_down', weeks: 2 });
    case 'P7.3': {
      const view = { core: 78, support: 16, shared: 6, nonPeer: 0, prohibited: [] };
      return one.must(owed.owner, 'answer_pulse', { month: part[1], ...view });
    }
    case 'OBSERVE':
      return one.must(owed.owner, 'record_observation', {
        ...{ on: one.today, outcome: 'held_with_consent' },
        topics,
      });
    case 'X11':
      return one.must(hr, 'record_supervisor_training', { supervisor: owed.owner, on: one.today });
    case 'P7.6':
      return one.must(employee, 'record_ce_hours', { hours: 10, ethics: 3 });
    case 'P7.7':
      return one.must(compliance, 'record_exclusion_check', { outcome: 'clear' });
    case 'P9.1':
      return one.must(supervisor, 'propose_growth_plan', { outcome: 'agreed' });
    case 'D9.1':
      return one.must(employee, 'answer_growth_plan', { answer: 'agreed' });
    case 'P9.2':
      return one.must(hr, 'record_stay_interview', { outcome: 'held', topics: [] });
    case 'P9.4':
      one.must(manager, 'propose_promotion', { outcome: 'declined', steps: [], criteria: [] });
      return one.must(hr, 'confirm_promotion');
    case 'P9.5':
      return one.must(owed.owner, 'record_networking', { on: one.today, outcome: 'taken' });
    case 'REFLECT':
      return one.must(owed.owner, 'record_reflection_group', { on: one.today, outcome: 'attended' });
    default:
      throw new Error(`nobody_answers: ${owed.code} ${manager}`);
  }
}

/** What the clockwork does by itself needs nobody. */
export const byItself = (owed: Obligation): boolean =>
  owed.code === 'D8.1' || owed.code === 'TENSION' || owed.id.startsWith('D7.1:leave');

/** What its owner does as soon as it is owed. */
const atOnce = (owed: Obligation): boolean => owed.code === 'D7.6' || owed.id.startsWith('D6.6:confirm');

interface Review {
  readonly to: string;
  readonly cycle: string;
  readonly due: CivilDate;
}

/** The next day on which somebody owes something or a review is due. */
function nextDay(one: Years, reviews: readonly Review[]): CivilDate {
  const open = one.obligations.filter((owed) => !byItself(owed)).map((owed) => owed.due);
  const days = [
    dateOf(one.terms.calendar, Math.min(...open)),
    ...reviews.map((review) => review.due),
    ...(one.back === null ? [] : [one.back]),
  ];
  const first = days.toSorted()[0] ?? one.today;
  return first > one.today ? first : one.today;
}

/** A fortnight of leave in January, as other cases hear of it. */
function winter(one: Years): void {
  if (one.back !== null && one.today >= one.back) {
    one.tell('leave_ended', { clock: leave, returned: one.back });
    one.back = null;
  }
  const day = one.today.slice(5);
  if (one.back !== null || day < '01-02' || day > '01-09') return;
  const from = addDays(one.today, 3);
  one.back = rollForward(one.terms.calendar, addDays(from, 14));
  one.tell('leave_set', { clock: leave, from, to: one.back });
}

/** Lives through years in which everybody does what they owe on its day. */
export function live(one: Years, until: CivilDate): void {
  while (one.today < until) {
    const day = nextDay(one, one.reviews);
    one.moveTo(day, day > one.today ? '14:00' : '15:00');
    const due = one.reviews.filter((review) => review.due <= one.today);
    one.reviews = one.reviews.filter((review) => review.due > one.today);
    for (const { to, cycle } of due)
      one.tell('review_closed', { review: to, cycle, outcome: 'meets', response: 'signed' }, to);
    for (let guard = 0; guard < 40; guard += 1) {
      const owed = one.obligations.find(
        (each) => (each.due <= one.now + 4 * 3_600_000 || atOnce(each)) && !byItself(each),
      );
      if (owed === undefined) break;
      answer(one, owed);
    }
    winter(one);
  }
}
