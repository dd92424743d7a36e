import type { ReadinessCommand } from '../../contracts/readiness.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, Input } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { Capacity, Retention, Visibility } from '../kernel/words.ts';
import type { ToReadiness } from '../notices.ts';
import { agenda } from './agenda.ts';
import { decide, leading } from './decide.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { hidden, veiled } from './scores.ts';
import { initialReadiness, openPolicies } from './state.ts';
import type { ReadinessEvent, ReadinessState } from './state.ts';

/** Who decides in stage 0 (domain, table of stage 0). */
const rights: Readonly<Record<ReadinessCommand['type'], Right>> = {
  open: { code: 'D0.1', by: ['director'] },
  name_champion: { code: 'D0.2', by: ['executive'] },
  score_items: {
    code: 'D0.3',
    by: ['team_member', 'team_leader', 'program_leader', 'director', 'hr', 'adviser', 'compliance'],
  },
  propose_verdicts: { code: 'D0.5', by: ['hr', 'compliance'] },
  confirm_verdicts: { code: 'D0.5', by: ['compliance', 'hr'] },
  change_policy: { code: 'D0.5', by: ['policy_owner', 'hr'] },
  advise: { code: 'R0.2', by: ['adviser'] },
  give_verdict: { code: 'D0.4', by: ['director'] },
  close_action: {
    code: 'D0.4',
    by: ['director', 'hr', 'policy_owner', 'program_leader', 'team_leader', 'compliance'],
  },
  take_stance: { code: 'D0.6', by: ['director'] },
  propose_timeline: { code: 'D0.7', by: ['director'] },
  answer_timeline: { code: 'D0.7', by: ['director', 'program_leader', 'team_leader', 'hr', 'executive'] },
  change_leads: { code: 'D0.7', by: ['director', 'executive', 'hr'] },
  answer_goals: { code: 'D0.8', by: ['adviser', 'director'] },
  accept_readiness: { code: 'G0', by: ['director'] },
  record_orientation: { code: 'P0.3', by: ['hr', 'facilitator'] },
  change_team: { code: 'P0.3', by: ['director', 'program_leader', 'team_leader', 'hr'] },
  recheck: { code: 'P0.4', by: ['director'] },
};

type ReadinessInput = Input<ReadinessCommand, ToReadiness>;

/** D0.1: whether the site has a readiness already; R0.5: who of those asked holds a role. */
function reads(_: ReadinessState, input: ReadinessInput): readonly FactRef[] {
  if (input.origin !== 'ask') return [];
  const { command } = input;
  if (command.type === 'open')
    return ['role_holders', 'readiness'].map((kind) => ({ kind, subject: command.payload.site }));
  if (command.type !== 'change_policy') return [];
  return command.payload.asked.map((subject) => ({ kind: 'holds_role', subject }));
}

function staff(input: ReadinessInput): readonly Capacity[] {
  if (input.origin !== 'ask') return [];
  const { type } = input.command;
  if (type === 'change_leads') return leading;
  return type === 'change_policy' ? ['adviser'] : [];
}

const open: readonly [Visibility, Retention] = ['C0', 'keep'];
const work: readonly [Visibility, Retention] = ['C1', 'keep'];

function facts(state: ReadinessState): readonly Fact[] {
  const subject = state.site;
  if (subject === null || state.beside !== undefined) return [];
  const list: Fact[] = [
    { kind: 'policies_to_change', subject, value: String(openPolicies(state).length) },
    { kind: 'role_holders', subject, value: String(state.roleHoldersOnSite) },
  ];
  if (state.accepted !== null) list.push({ kind: 'readiness', subject, value: state.verdict ?? 'not_ready' });
  if (state.orientation !== null) list.push({ kind: 'team_oriented', subject, value: state.orientation });
  return list;
}

/** Stage 0: foundation, policy review and readiness, timeline; once per site, reviewed yearly. */
export const readiness: Decider<ReadinessState, ReadinessCommand, ToReadiness, ReadinessEvent> = {
  kind: 'readiness',
  foldVersion: 6,
  rights,
  gates,
  requires: { readiness_accepted: ['G0'] },
  classes: {
    readiness_opened: work,
    champion_named: work,
    items_scored: work,
    verdicts_proposed: work,
    verdicts_confirmed: work,
    policy_changed: open,
    adviser_position_given: work,
    verdict_given: work,
    action_closed: work,
    stance_taken: work,
    timeline_proposed: work,
    timeline_answered: work,
    leads_changed: work,
    goals_answered: work,
    readiness_accepted: work,
    orientation_held: work,
    team_changed: work,
    readiness_rechecked: work,
    day_one_noted: work,
  },
  initial: () => initialReadiness,
  reads,
  staff,
  decide,
  evolve,
  agenda,
  facts,
  notices: () => [],
  relations: () => [],
  hidden,
  veiled,
  standing: (state) => {
    const ready = state.accepted !== null && state.verdict !== 'not_ready';
    return { stage: ready ? 'ready' : 'readiness', status: 'open' };
  },
};
