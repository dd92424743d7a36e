import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { doingHere } from '../../cli/doing.ts';
import { caseQuery, waitingQuery } from '../app/queries.ts';
import type { Decided } from '../app/types.ts';
import { spaced, timeText } from '../app/words.ts';
import { isTold } from '../../domain/kernel/why.ts';
import type { Layout } from '../forms/layout.ts';
import { Section } from '../parts/page.tsx';
import { WaitingCard, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';

/** What the case waits for now: whoever decided sees whose turn it is, where it is not theirs. */
function Next({ id }: { readonly id: string }) {
  const shown = useQuery(caseQuery(id));
  const mine = useQuery(waitingQuery({ mine: true }));
  if (shown.data === undefined || shown.isFetching || mine.isPending) return null;
  const own = mine.data?.list.find((one) => one.case === id);
  const next = shown.data.shown.waiting[0];
  if (next === undefined) return <p>Nothing is owed in this case now.</p>;
  if (own !== undefined) return null;
  const who = next.who === null ? 'HR' : whoText(next.who);
  return (
    <p>
      Next: <strong>{who}</strong>, to {next.why.masked ? 'see to it' : doingHere(next.why)}.{' '}
      <Due due={next.why.due} now={shown.data.now} told={isTold(next.why)} />
    </p>
  );
}

/** After it: what came of it, with its number in the ledger. */
export function Done({
  done,
  zone,
  layout,
}: {
  readonly done: Decided;
  readonly zone: string;
  readonly layout: Layout | null;
}) {
  const { receipt } = done;
  const note = useRef<HTMLDivElement>(null);
  // The form is gone: whoever reads by ear or by keyboard goes on from here.
  useEffect(() => note.current?.focus(), []);
  return (
    <>
      <div className="note note-ready" role="status" tabIndex={-1} ref={note}>
        <p className="note-title">
          Done: {receipt.kinds.map(spaced).join(', ') || 'it stands in the ledger'}
        </p>
        <p>{layout?.done ?? 'It is recorded.'} You get no more reminders about it.</p>
        <p className="fine">
          Recorded {timeText(receipt.at, zone)}, entry {receipt.sequence} of this case. To take it back,
          decide again: undoing is an entry too, and nothing vanishes.
        </p>
        <Next id={receipt.case} />
      </div>
      <p className="buttons">
        <Link to="/" className="button button-main">
          Back to Today
        </Link>
        <Link to="/cases/$case" params={{ case: receipt.case }} className="button">
          See the case
        </Link>
      </p>
      <NextHere id={receipt.case} />
    </>
  );
}

/** What else the same case asks of whoever just decided. */
function NextHere({ id }: { readonly id: string }) {
  const mine = useQuery(waitingQuery({ mine: true }));
  const list = (mine.data?.list ?? []).filter((one) => one.case === id && !one.why.masked);
  const [next] = list;
  if (mine.data === undefined || next === undefined) return null;
  return (
    <Section title="Next for you here">
      <WaitingCard one={next} now={mine.data.now} own title={null} />
      {list.length === 1 ? null : <p className="fine">And {list.length - 1} more, later.</p>}
    </Section>
  );
}
