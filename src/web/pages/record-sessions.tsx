import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { commandsQuery, timelineQuery } from '../app/queries.ts';
import type { CommandLine, Happened, Waiting } from '../app/types.ts';
import { dayText, spaced, timeText } from '../app/words.ts';
import { ActLinks } from '../parts/acts.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { BriefView } from './record-brief.tsx';
import { DoseView } from './record-dose.tsx';
import { OneText } from './review-texts.tsx';

/** What a line of the log says; all of it codes, days and numbers. */
interface Line {
  readonly session: string;
  readonly outcome: string;
  readonly on: string;
  readonly minutes: number;
  readonly mode?: string;
  readonly topics: readonly string[];
  readonly actions: readonly { readonly action: string; readonly owner: string; readonly due: string }[];
  readonly note?: string;
  readonly extra: boolean;
}
interface Said {
  readonly session: string;
  readonly view: string;
  readonly comment?: string;
}

const day = (civil: string): string => dayText(Date.parse(civil), 'UTC');

const outcomes: Readonly<Record<string, string>> = {
  held: 'Held',
  missed_supervisor: 'Not held: the supervisor could not',
  missed_employee: 'Not held: the employee could not',
};

type LineRow = Happened & { readonly said: Line };
type SaidRow = Happened & { readonly said: Said };

const linesOf = (past: readonly Happened[]): readonly LineRow[] =>
  past.flatMap((row) =>
    row.kind === 'session_logged' && row.body !== null ? [{ ...row, said: row.body as unknown as Line }] : [],
  );

const saidOf = (past: readonly Happened[]): readonly SaidRow[] =>
  past.flatMap((row) =>
    row.kind === 'session_confirmed' && row.body !== null
      ? [{ ...row, said: row.body as unknown as Said }]
      : [],
  );

/** The answer of whom the line is about; it stays beside it, and the line is not changed. */
function Answer({ said, zone }: { readonly said: SaidRow | undefined; readonly zone: string }) {
  if (said === undefined) return <p className="fine">Not confirmed yet.</p>;
  const { view, comment } = said.said;
  return (
    <div className="said">
      <p>
        <strong>{said.actorName ?? 'The employee'}</strong>{' '}
        {view === 'agrees' ? 'agrees with this line' : 'says that it was otherwise'}
        <span className="fine"> · {timeText(said.at, zone)}</span>
      </p>
      {comment === undefined ? null : <OneText text={comment} words="What they say to it" />}
    </div>
  );
}

function LogLine({
  row,
  said,
  zone,
  mayAnswer,
  id,
}: {
  readonly row: LineRow;
  readonly said: SaidRow | undefined;
  readonly zone: string;
  readonly mayAnswer: boolean;
  readonly id: string;
}) {
  const { on, outcome, minutes, mode, topics, actions, note, extra, session } = row.said;
  return (
    <li className="panel">
      <h3>
        {day(on)}
        {extra ? ' · extra session' : ''}
      </h3>
      <p>
        {outcomes[outcome] ?? spaced(outcome)}
        {outcome === 'held' ? `, ${minutes} minutes, ${spaced(mode ?? '')}` : ''}
        {row.actorName === null ? '' : ` · recorded by ${row.actorName}`}
      </p>
      {topics.length === 0 ? null : <p>About: {topics.map(spaced).join(', ')}</p>}
      {actions.length === 0 ? null : (
        <ul className="plain-list">
          {actions.map((one) => (
            <li key={`${one.action} ${one.due}`}>
              {spaced(one.action)}: {spaced(one.owner)}, by {day(one.due)}
            </li>
          ))}
        </ul>
      )}
      {note === undefined ? null : <OneText text={note} words="Note" />}
      <Answer said={said} zone={zone} />
      {mayAnswer && said === undefined ? (
        <p className="buttons">
          <Link
            className="button button-main"
            to="/cases/$case/do/$type"
            params={{ case: id, type: 'confirm_session' }}
            aria-label={`Say something to the line of ${day(on)}`}
            search={{ session }}
          >
            Say something to this line
          </Link>
        </p>
      ) : null}
    </li>
  );
}

const MOST_LINES = 6;
const ofSessions = [
  ...['log_session', 'plan_extra_session', 'put_on_agenda', 'ask_extra_session'],
  ...['move_session', 'set_session_time'],
];

/** What each of the two does about sessions; the likeliest first. */
function Acts({
  id,
  list,
  employee,
}: {
  readonly id: string;
  readonly list: readonly CommandLine[];
  readonly employee: boolean;
}) {
  const first = employee ? ['ask_extra_session', 'put_on_agenda', 'move_session'] : ofSessions;
  const acts = first.flatMap((type) => list.filter((one) => one.type === type));
  return <ActLinks id={id} list={acts} />;
}

/** The days of the sessions ahead, each once: an item of either of the two names its day. */
function Planned({ ahead }: { readonly ahead: readonly Waiting[] }) {
  const days = ahead.flatMap(({ why }) => {
    const on = why.masked || why.code !== 'P7.1' ? undefined : /\d{4}-\d{2}-\d{2}/.exec(why.id)?.[0];
    return on === undefined ? [] : [on];
  });
  const next = [...new Set(days)].toSorted();
  const [first] = next;
  if (first === undefined) return null;
  return (
    <p>
      <strong>Planned:</strong> {next.map(day).join(', ')}
    </p>
  );
}

/** Supervision between two people: what comes, what was agreed, and the log with what was said to it. */
export function Sessions({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  const commands = useQuery(commandsQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { past, zone } = found.data;
  const lines = linesOf(past).toReversed();
  const said = saidOf(past);
  const ahead = found.data.ahead.filter((one) => !one.why.masked);
  const codes = ahead.map(({ why }) => (why.masked ? '' : why.code));
  const list = (commands.data?.list ?? []).filter(
    // A day for an extra session is named once somebody asked for one, or one was missed.
    ({ type }) => type !== 'plan_extra_session' || codes.some((code) => code === 'R7.5' || code === 'P7.2'),
  );
  const employee = commands.data?.capacities.includes('employee') === true;
  return (
    <>
      <BriefView id={id} />
      <Acts id={id} list={list} employee={employee} />
      <Planned ahead={ahead} />
      <Section
        title="The log"
        says="One line for each session. A line is never changed; what the employee says to it stays beside it."
      >
        {lines.length === 0 ? (
          <Empty title="No session yet">When one was held, moved or missed, its line stands here.</Empty>
        ) : (
          <ol className="log">
            {lines.slice(0, MOST_LINES).map((row) => (
              <LogLine
                key={row.position}
                {...{ row, zone, id }}
                said={said.findLast((one) => one.said.session === row.said.session && one.at >= row.at)}
                mayAnswer={employee}
              />
            ))}
          </ol>
        )}
        {lines.length <= MOST_LINES ? null : (
          <p className="fine">
            Earlier lines stand under{' '}
            <Link to="/cases/$case/$view" params={{ case: id, view: 'history' }}>
              History
            </Link>
            .
          </p>
        )}
      </Section>
      <DoseView past={past} zone={zone} />
    </>
  );
}
