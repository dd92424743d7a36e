import { askReadiness } from '../client/ask-roles.ts';
import { readinessItems } from '../content/index.ts';
import type { Look } from '../domain/kernel/decider.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import { scoredItems } from '../domain/readiness/scores.ts';
import type { ReadinessState } from '../domain/readiness/state.ts';
import { planTimeline } from '../domain/readiness/timeline.ts';
import type { PlannedTimeline } from '../domain/readiness/timeline.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { mustBe } from './ids.ts';
import { within } from './open.ts';

/** What stage 0 has come to: sheets once they are revealed, the register, the timeline as dates. */
export function reportOf(state: ReadinessState, look: Look) {
  const { timeline, register, verdict, actions, reasons } = state;
  const planned: PlannedTimeline | null =
    timeline === null
      ? null
      : planTimeline(dateOf(look.terms.calendar, timeline.at), timeline.weeks ?? {}, reasons, look.terms);
  const scored = scoredItems(state, look);
  // Until they are revealed a reader has their own sheet at most: how many are in is not for them to count.
  const sheets = {
    in: scored === null ? null : Object.keys(state.sheets).length,
    of: state.scorers.length,
  };
  const policies = register.map((one) => ({
    ...one,
    finding: one.scope === 'peer_roles_only' ? 'R0.3' : null,
  }));
  const statements = new Map(readinessItems().map(({ number, statement }) => [number, statement]));
  const items = scored?.map((one) => ({ ...one, statement: statements.get(one.item) }));
  return { sheets, items: items ?? null, policies, verdict, actions, timeline: planned };
}
type Report = ReturnType<typeof reportOf>;

/** Statement by statement, who gave which score; what to do comes with those that somebody scored 1. */
function itemsText(io: Io, { items }: Report, names: ReadonlyMap<string, string>): string {
  if (items === null)
    return 'Sheets stay closed for now. They are shown once all are in or the days to score are over, and to a scorer after their own.';
  const people = [...new Set(items.flatMap((one) => Object.keys(one.scores)))];
  const rows = items.map((one) => [
    `${one.item} ${one.statement ?? ''}`.trimEnd(),
    ...people.map((who) => one.scores[who] ?? ''),
    one.talk ? 'to talk over' : '',
  ]);
  const widths = [60, ...people.map(() => 4), 14];
  return [
    table(io, ['item', ...people.map((_, n) => String(n + 1)), ''], rows, { widths }),
    ...people.map((who, n) => `  ${n + 1}  ${names.get(who) ?? who}`),
  ].join('\n');
}

function timelineText(io: Io, planned: PlannedTimeline | null): string {
  if (planned === null) return 'No timeline is proposed yet.';
  const rows = planned.parts.map((one) => [one.part, String(one.weeks), one.from, one.until]);
  const warned = planned.warnings.map((code) => `Warning: ${code.replaceAll('_', ' ')} (D0.7)`);
  return [table(io, ['part', 'weeks', 'from', 'until'], rows), ...warned].join('\n');
}

function reportText(io: Io, report: Report, names: ReadonlyMap<string, string>): string {
  const policies = report.policies.map(({ policy, verdict, due, finding }) => [
    policy,
    verdict,
    due ?? '',
    finding === null ? '' : 'names peer roles only (R0.3)',
  ]);
  return [
    styled(io, 'bold', `Readiness: ${report.verdict ?? 'no verdict yet'}`),
    styled(io, 'bold', 'Self-check'),
    itemsText(io, report, names),
    styled(io, 'bold', 'Policies'),
    table(io, ['policy', 'verdict', 'due', 'finding'], policies),
    styled(io, 'bold', 'Timeline'),
    timelineText(io, report.timeline),
  ].join('\n');
}

/** `readiness report`. */
export async function readinessReport(io: Io, id: string, options: CaseOptions): Promise<Exit> {
  mustBe('readiness', id);
  return within(options, io.env, async ({ office }) => {
    const { state, look, names } = await askReadiness(office, asOf(options.as), id);
    const report = reportOf(state, look);
    if (options.json === true) io.out(JSON.stringify({ case: id, ...report }));
    else io.out(reportText(io, report, await names(state.scorers)));
    return EXIT.done;
  });
}
