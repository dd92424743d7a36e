import type { EmploymentCommand } from '../../contracts/employment.ts';
import type { Ask, Context, Input } from '../kernel/decider.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Capacity } from '../kernel/words.ts';
import type { ToEmployment } from '../notices.ts';
import { anyOf, speaker } from '../signed.ts';
import { stopped } from '../stopped.ts';
import { adopt, adopting, isAdopting, sharedAgenda } from './decide-adopt.ts';
import type { AdoptingType } from './decide-adopt.ts';
import { change } from './decide-change.ts';
import { conduct } from './decide-conduct.ts';
import { cover } from './decide-cover.ts';
import { ending } from './decide-ending.ts';
import { field } from './decide-field.ts';
import { growth } from './decide-growth.ts';
import { mentor } from './decide-mentor.ts';
import { decideAct, decideNotice } from './decide-notices.ts';
import { onboarding } from './decide-onboarding.ts';
import { others } from './decide-others.ts';
import { pulse } from './decide-pulse.ts';
import { reviewing } from './decide-reviews.ts';
import { supervision } from './decide-supervision.ts';
import type { AskOf, CommandType, Decision, Deciders } from './deciding.ts';
import { rights } from './rights.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Live } from './state.ts';

/** All commands but the one that begins. */
type LaterType = Exclude<CommandType, AdoptingType>;

const commands: Deciders<LaterType> = {
  ...sharedAgenda,
  ...onboarding,
  ...mentor,
  ...supervision,
  ...cover,
  ...field,
  ...pulse,
  ...growth,
  ...others,
  ...reviewing,
  ...change,
  ...conduct,
  ...ending,
};

/** What may still be said once the last day is over; after a death only what belongs to it. */
const afterEnd: ReadonlySet<CommandType> = new Set<CommandType>([
  'end_access',
  'record_exit_interview',
  'decide_rehire',
  'confirm_rehire',
  'give_clearance',
  'propose_opening',
  'confirm_opening',
  'record_death',
  'give_officer_word',
  'record_separation_notice',
  'record_handover',
]);
const afterDeath: ReadonlySet<CommandType> = new Set<CommandType>([
  'close_after_death',
  'withdraw_separation',
]);

function closedTo(state: Live, type: CommandType, { capacities }: Context): Decision | null {
  const { died, ended } = state.ending;
  const over = { rule: 'D9.5', missing: { code: 'employment_ended' } };
  if (died !== null && !afterDeath.has(type))
    return stopped(capacities, { code: 'everything_stopped' }, over);
  if (died === null && ended !== null && !afterEnd.has(type)) return notNow(over.rule, over.missing);
  return null;
}

/**
 * Nobody decides in their own employment, whatever offices they hold: there they are the employee and nothing else.
 * @returns the context in which the command is decided, or null where the employee has no such command
 */
function inOwnCase(state: Live, ask: Ask<EmploymentCommand>, ctx: Context): Context | null {
  if (!anyOf(ask, [state.job.person])) return ctx;
  const own = rights[ask.command.type].by.includes('employee');
  return own ? { ...ctx, capacities: ctx.capacities.filter((one) => one === 'employee') } : null;
}

/**
 * D5.7: whoever was asked to be mentor says yes or no, and is nothing more until then.
 * @returns the context in which the command is decided, or null where nothing else lets them give it
 */
function beforeMentoring(state: Live, ask: Ask<EmploymentCommand>, ctx: Context): Context | null {
  const { proposed } = state.mentoring;
  if (proposed === null || ask.command.type === 'answer_mentoring') return ctx;
  if (speaker(ask) !== proposed.mentor || proposed.mentor === state.job.mentor) return ctx;
  const capacities: readonly Capacity[] = ctx.capacities.filter((one) => one !== 'mentor');
  const still = rights[ask.command.type].by.some((one) => capacities.includes(one));
  return still ? { ...ctx, capacities } : null;
}

function decideAsk(state: EmploymentState, ask: Ask<EmploymentCommand>, ctx: Context): Decision {
  const { type } = ask.command;
  if (type === 'adopt') return adopt(state, ask as AskOf<'adopt'>, ctx);
  if (isAdopting(type)) return adopting(state, ask, ctx);
  if (!isLive(state)) return refuse('not_open');
  const closed = closedTo(state, type, ctx);
  if (closed !== null) return closed;
  const mine = inOwnCase(state, ask, ctx);
  if (mine === null) return blocked(rights[type].code, { code: 'own_employment' });
  const here = beforeMentoring(state, ask, mine);
  if (here === null) return blocked(rights[type].code, { code: 'mentor_only' });
  // Table and command agree by `Deciders`; the compiler cannot follow a key through a union of functions.
  const decideOne = commands[type] as (state: Live, ask: Ask<EmploymentCommand>, ctx: Context) => Decision;
  return decideOne(state, ask, here);
}

/** Decides one input of stages 6, 7 and 9. */
export function decide(
  state: EmploymentState,
  input: Input<EmploymentCommand, ToEmployment>,
  ctx: Context,
): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input, ctx);
    case 'act':
      return decideAct(state, input, ctx);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}
