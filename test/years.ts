import { parseCommand } from '../src/contracts/commands.ts';
import type { Scenario, ScenarioAct } from '../src/contracts/scenario.ts';
import type { Obligation } from '../src/domain/kernel/agenda.ts';
import { dateOf, instantOf, rollForward } from '../src/domain/kernel/calendar.ts';
import { isRefusal } from '../src/domain/kernel/refusal.ts';
import { kindOf } from '../src/domain/kernel/words.ts';
import type { CaseId } from '../src/domain/kernel/words.ts';
import { calendarOf } from '../src/sandbox/set-up.ts';
import { rehearse } from '../src/sandbox/rehearse.ts';
import type { World } from '../src/sandbox/world.ts';
import { decisionIdOf, written } from '../src/sandbox/written.ts';
import { staged, stagedOf } from './scenarios.ts';
import type { Staged } from './scenarios.ts';
import { answersTo, planned } from './years-answers.ts';
import type { Answer } from './years-answers.ts';

/**
 * The worked example, lived on for years: whoever owes something does it on its day. A second leave, a third supervisor,
 * a promotion, renewed credentials and a review each year come on the way. What is done when is found in memory; the acts
 * found are a scenario like any other, to be played on the servers.
 */

const LAST_YEAR = 2037;
const ACT_MINUTES = 1;
const FIRST_HOUR = 10;
const MOST_A_DAY = 80;

/** The worked example under another seed, with a calendar and the names of cases for all the years. */
function begun(until: string): Scenario {
  const { scenario } = staged('northside');
  const site = { ...scenario.site, lastYear: LAST_YEAR };
  const calendar = calendarOf({ ...scenario, site });
  const years = Array.from({ length: LAST_YEAR - 2027 }, (_, n) => 2027 + n);
  const reviews = years.map((year) => {
    const label = `annual:${rollForward(calendar, `${year}-05-12`)}`;
    return [`annual-${year}`, { kind: 'review' as const, startedBy: 'employment', label }];
  });
  return {
    ...scenario,
    ...{ seed: 'northside-years', until: `${until} 17:00`, expect: [], site },
    cases: { ...scenario.cases, ...Object.fromEntries(reviews), 'leave-two': { kind: 'clock' } },
  };
}

/** Writes down what people do, as acts of a scenario, and does it in a world in memory. */
class Chronicle {
  readonly acts: ScenarioAct[];
  private readonly stage: Staged;
  private readonly world: World;
  private minute = 0;

  constructor(stage: Staged, world: World) {
    this.stage = stage;
    this.world = world;
    this.acts = [...(stage.scenario.acts as ScenarioAct[])];
  }

  get today(): string {
    return dateOf(this.stage.calendar, this.world.now);
  }

  /** The next day on which something is to be done, after today. */
  next(end: string): string {
    const { calendar } = this.stage;
    const days = this.owed().map(({ owed }) => dateOf(calendar, owed.due));
    const all = [...days, ...Object.keys(planned)].filter((day) => day > this.today);
    return all.toSorted()[0] ?? end;
  }

  /** Everything that is owed in any case and that somebody here knows how to do, soonest first. */
  private owed(): readonly {
    readonly owed: Obligation;
    readonly of: CaseId;
    readonly answers: readonly Answer[];
  }[] {
    const { cast } = this.stage;
    const found = [...this.world.cases].flatMap(([of, { final, obligations }]) =>
      final
        ? []
        : obligations.map((owed) => {
            const answers = answersTo(owed, cast.wordOf, cast.wordOf(of), this.today);
            return { owed, of, answers };
          }),
    );
    return found.filter(({ answers }) => answers.length > 0).toSorted((a, b) => a.owed.due - b.owed.due);
  }

  /** Does what is planned for a day and what is due on it. */
  day(day: string): void {
    this.minute = FIRST_HOUR * 60;
    this.tick(day);
    for (const answer of planned[day] ?? []) this.act(day, answer.case ?? 'employment', answer);
    for (let n = 0; n < MOST_A_DAY; n += 1) {
      const first = this.owed().find(({ owed }) => dateOf(this.stage.calendar, owed.due) <= day);
      if (first === undefined) return;
      for (const answer of first.answers) this.act(day, this.stage.cast.wordOf(first.of), answer);
    }
    throw new Error(`never done: ${day} ${this.owed()[0]?.owed.id ?? ''}`);
  }

  private tick(day: string): string {
    const wall = `${String(Math.floor(this.minute / 60)).padStart(2, '0')}:${String(this.minute % 60).padStart(2, '0')}`;
    this.minute += ACT_MINUTES;
    this.world.advanceTo(instantOf(this.stage.calendar, day, wall));
    return `${day} ${wall}`;
  }

  private act(day: string, word: string, { by, type, payload, acknowledge }: Answer): void {
    const at = this.tick(day);
    const noted = acknowledge === undefined ? {} : { acknowledge };
    const act: ScenarioAct = { at, by, case: word, do: type, with: payload, why: 'lived on', ...noted };
    const { scenario, cast } = this.stage;
    const { envelope } = written(act, cast, decisionIdOf(scenario, this.acts.length), null);
    const { case: of, actor, payload: given, decisionId } = envelope;
    const parsed = parseCommand(kindOf(of)!, type, given);
    if (isRefusal(parsed)) throw new Error(`malformed: ${at} ${type} ${JSON.stringify(parsed.missing)}`);
    this.world.must({ case: of, actor, type, payload: parsed.payload, decisionId, ...noted });
    this.acts.push(act);
  }
}

/** @param until the day the story ends, e.g. `2035-05-30`. @returns it staged, and the world in memory at its end */
export function yearsUntil(until: string): { readonly stage: Staged; readonly world: World } {
  const scenario = begun(until);
  const first = stagedOf('northside-years', scenario);
  const begins = staged('northside').scenario.until;
  const { world } = rehearse({ ...scenario, until: begins }, first.cast, first.terms);
  const chronicle = new Chronicle(first, world);
  for (let day = chronicle.next(until); day < until; day = chronicle.next(until)) chronicle.day(day);
  world.advanceTo(instantOf(first.calendar, until, '17:00'));
  return { stage: stagedOf('northside-years', { ...scenario, acts: chronicle.acts }), world };
}
