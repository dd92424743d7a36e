import { useQuery } from '@tanstack/react-query';
import { commandsQuery, timelineQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { monthText, spaced, timeText, titled } from '../app/words.ts';
import { ActLinks } from '../parts/acts.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';

const shares = ['core', 'support', 'shared', 'nonPeer'] as const;
const shareNames: Readonly<Record<(typeof shares)[number], string>> = {
  core: 'Heart of the role',
  support: 'What supports it',
  shared: 'Shared by the team',
  nonPeer: 'Not of the role',
};

type Answer = Readonly<Record<(typeof shares)[number], number>> & { readonly prohibited: readonly string[] };
interface Month {
  readonly month: string;
  readonly employee: Answer | null;
  readonly supervisor: Answer | null;
}

const month = (civil: string): string => monthText(Date.parse(`${civil.slice(0, 7)}-15`), 'UTC');

/** Two views of one month side by side: a bar for each share, with its number beside it. */
function TwoViews({ one }: { readonly one: Month }) {
  const { employee, supervisor } = one;
  const both = [
    ['Employee', employee],
    ['Supervisor', supervisor],
  ] as const;
  return (
    <div className="two-views">
      {both.map(([who, answer]) => (
        <div key={who}>
          <h4>{who}</h4>
          {answer === null ? (
            <p className="fine">No answer that month.</p>
          ) : (
            <dl className="shares">
              {shares.map((name) => (
                <div key={name}>
                  <dt>{shareNames[name]}</dt>
                  <dd>
                    <meter
                      min={0}
                      max={100}
                      value={answer[name]}
                      aria-label={`${who}: ${shareNames[name]}`}
                    />{' '}
                    {answer[name]} %
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {answer === null || answer.prohibited.length === 0 ? null : (
            <p>Asked for although it is not of the role: {answer.prohibited.map(titled).join('; ')}</p>
          )}
        </div>
      ))}
    </div>
  );
}

const triggerWords: Readonly<Record<string, string>> = {
  prohibited: 'something was asked for that contradicts the role',
  non_peer: 'much time went into work that is not of the role',
  outside_month: 'much time outside of the role in one month',
  outside_two_months: 'time outside of the role in two months running',
  view_gap: 'the two see the month differently',
  agreed_gap: 'the month differs from what was agreed',
  role_fit_quiet: 'the role was not talked about for long',
};

/** How a flag went on: proposed, agreed by whom, settled. */
function Flag({
  flag,
  past,
  zone,
}: {
  readonly flag: Happened;
  readonly past: readonly Happened[];
  readonly zone: string;
}) {
  const after = past.filter((one) => one.position > flag.position);
  const proposed = after.find((one) => one.kind === 'drift_review_proposed');
  const agreed = after.filter((one) => one.kind === 'drift_review_agreed');
  const settled = after.find((one) => one.kind === 'drift_reviewed');
  const body = flag.body as { readonly triggers?: readonly string[] } | null;
  const outcome = (proposed?.body as { readonly outcome?: string } | undefined)?.outcome;
  return (
    <div className={settled === undefined ? 'note note-missing' : 'note note-ready'}>
      <p className="note-title">
        {settled === undefined ? 'Tasks and description have moved apart' : 'Settled'} ·{' '}
        {timeText(flag.at, zone)}
      </p>
      <p>Why: {(body?.triggers ?? []).map((one) => triggerWords[one] ?? spaced(one)).join('; ')}.</p>
      {proposed === undefined ? (
        <p>Nobody has proposed yet what follows from it.</p>
      ) : (
        <p>
          Proposed by {proposed.actorName ?? spaced(proposed.capacity ?? '')}: {spaced(outcome ?? '')}. Agreed
          by {agreed.map((one) => one.actorName ?? spaced(one.capacity ?? '')).join(', ') || 'nobody yet'};
          employee, supervisor and an independent adviser have to.
        </p>
      )}
    </div>
  );
}

const acts = ['propose_drift_review', 'agree_drift_review', 'answer_pulse'];

/** What the months contained against what was agreed: about the role, never about the person (R7.7). */
export function RoleByMonth({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  const commands = useQuery(commandsQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { past, zone } = found.data;
  const months = past.flatMap((row) =>
    row.kind === 'pulse_completed' && row.body !== null ? [row.body as unknown as Month] : [],
  );
  const latest = months.at(-1);
  const flag = past.findLast((one) => one.kind === 'drift_flagged');
  const open =
    flag !== undefined && !past.some((one) => one.kind === 'drift_reviewed' && one.position > flag.position);
  // What follows is proposed and agreed to once something was flagged.
  const asked = open ? acts : acts.slice(-1);
  const list = asked.flatMap((type) => (commands.data?.list ?? []).filter((one) => one.type === type));
  return (
    <>
      <Section
        title="Role by month"
        says="Once a month each of the two says alone how the time was spent. Where it has moved away from what was agreed, the role is looked at, never first the person. No review hears of it."
      >
        {flag === undefined ? null : <Flag flag={flag} past={past} zone={zone} />}
        <ActLinks id={id} list={list} />
        {latest === undefined ? (
          <Empty title="No month yet">When both have answered for a month, both views stand here.</Empty>
        ) : (
          <div className="panel">
            <h3>{month(latest.month)}</h3>
            <TwoViews one={latest} />
          </div>
        )}
      </Section>
      {months.length < 2 ? null : (
        <Section title="Earlier months">
          <Table
            caption="Shares by month, employee and supervisor"
            rows={months.toReversed().slice(0, 12)}
            keyOf={(one) => one.month}
            columns={[
              { name: 'Month', cell: (one) => month(one.month) },
              ...shares.map((name) => ({
                name: shareNames[name],
                cell: (one: Month) => `${one.employee?.[name] ?? '–'} / ${one.supervisor?.[name] ?? '–'}`,
                number: true,
              })),
            ]}
          />
          <p className="fine">In per cent: employee / supervisor.</p>
        </Section>
      )}
    </>
  );
}
