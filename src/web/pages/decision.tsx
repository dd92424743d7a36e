import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { doingOf } from '../../cli/doing.ts';
import {
  casePeopleQuery,
  caseQuery,
  formQuery,
  peopleQuery,
  selfQuery,
  sitesQuery,
  timelineQuery,
  waitingQuery,
} from '../app/queries.ts';
import type { Decided, Related } from '../app/types.ts';
import { commandName } from '../app/command-words.ts';
import { kindName, newId, shortRef, spaced, timeText } from '../app/words.ts';
import { prefilled } from '../forms/answering.ts';
import { knownAtStart } from '../forms/beginning.ts';
import { CommandFormView } from '../forms/command-form.tsx';
import { draftOf, draftPlace, dropDraft } from '../forms/drafts.ts';
import { Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { shortPerson, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { OfferView, newestVersion } from './record-offer.tsx';
import { ReviewTexts } from './review-texts.tsx';

const subjectOf = (list: readonly Related[]): Related | undefined =>
  list.find(({ capacity }) => capacity === 'candidate' || capacity === 'employee');

const readersOf: Readonly<Record<string, string>> = {
  candidacy: 'HR and those who decide in this search can read this once it is sent.',
  employment: 'The person themselves, their supervisor, their manager and HR can read this once it is sent.',
  review: 'The person themselves, their supervisor and HR can read this once it is shared.',
  clock: 'Only the office this is with, and the person themselves, can read this.',
  role: 'Everybody of this site can read this once it is sent.',
};

const draftQuery = (id: string, type: string) =>
  queryOptions({
    queryKey: ['draft', id, type],
    queryFn: () => draftOf(draftPlace(id, type)),
    // It is read once, when the form opens; from then on the form itself is newer.
    ...{ staleTime: Infinity, gcTime: 0, retry: false },
  });

/** What the case waits for now: whoever decided sees whose turn it is. */
function Next({ id }: { readonly id: string }) {
  const shown = useQuery(caseQuery(id));
  const mine = useQuery(waitingQuery({ mine: true }));
  if (shown.data === undefined || shown.isFetching || mine.isPending) return null;
  const own = mine.data?.list.find((one) => one.case === id);
  const next = own ?? shown.data.shown.waiting[0];
  if (next === undefined) return <p>Nothing is owed in this case now.</p>;
  const who = own !== undefined ? 'you' : next.who === null ? 'HR' : whoText(next.who);
  return (
    <p>
      Next: <strong>{who}</strong>, to {next.why.masked ? 'see to it' : doingOf(next.why.code)}.{' '}
      <Due due={next.why.due} now={shown.data.now} />
    </p>
  );
}

/** After it: what came of it, with its number in the ledger. */
function Done({ done, zone }: { readonly done: Decided; readonly zone: string }) {
  const { receipt } = done;
  const box = useRef<HTMLDivElement>(null);
  // The form is gone, and with it the button that had the focus.
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="note note-ready" role="status" tabIndex={-1} ref={box}>
      <p className="note-title">Done: {receipt.kinds.map(spaced).join(', ') || 'it stands in the ledger'}</p>
      <p>
        Recorded {timeText(receipt.at, zone)}, entry {receipt.sequence} of this case. To take it back, decide
        again: undoing is an entry too, and nothing vanishes.
      </p>
      <Next id={receipt.case} />
      <p className="buttons">
        <Link className="button" to="/cases/$case" params={{ case: receipt.case }}>
          See the case
        </Link>
        <Link className="button" to="/">
          Back to Today
        </Link>
      </p>
    </div>
  );
}

const ofOffer = (kind: string, type: string): boolean =>
  kind === 'candidacy' && /(_offer|_counter|_rescind)$/.test(type);

/** Two panes for a review: what was shared on the left, one's own on the right. */
function Beside({
  kind,
  type,
  id,
  children,
}: {
  readonly kind: string;
  readonly type: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  // Whoever decides on an offer has its terms before them.
  if (ofOffer(kind, type))
    return (
      <>
        <OfferView id={id} />
        {children}
      </>
    );
  if (kind !== 'review') return children;
  return (
    <div className="two-panes">
      <ReviewTexts id={id} />
      {children}
    </div>
  );
}

/** A decision in a case that is there. */
export function Decision() {
  const { case: id, type } = useParams({ from: '/cases/$case/do/$type' });
  const [done, setDone] = useState<Decided | null>(null);
  const kind = id.split('-')[0] ?? '';
  const form = useQuery(formQuery(kind, type));
  const shown = useQuery(caseQuery(id));
  const people = useQuery(casePeopleQuery(id));
  const owed = useQuery(waitingQuery({ mine: true }));
  const draft = useQuery(draftQuery(id, type));
  const offer = ofOffer(kind, type) && type !== 'draft_offer';
  const past = useQuery({ ...timelineQuery(id), enabled: offer });
  const failed = [form, shown, people].find((one) => one.isError);
  if (failed !== undefined) return <ProblemNote error={failed.error} />;
  if (
    form.data === undefined ||
    shown.data === undefined ||
    people.data === undefined ||
    owed.isPending ||
    draft.isPending ||
    (offer && past.isPending)
  )
    return <Loading />;
  const { zone } = shown.data.shown;
  const version = offer ? newestVersion(past.data?.past ?? []) : null;
  const finish = (result: Decided): void => {
    setDone(result);
    void dropDraft(draftPlace(id, type));
  };
  const subject = subjectOf(people.data.list);
  const about = subject === undefined ? null : (subject.name ?? shortPerson(subject.person));
  const place = {
    ...{ case: id, zone, subject: subject?.person ?? null, readers: readersOf[kind] ?? '' },
    prefill: {
      ...(version === null ? {} : { version }),
      ...prefilled(type, owed.data?.list.filter((one) => one.case === id) ?? []),
    },
    close: people.data.list.map(({ person }) => person),
    draft: draft.data ?? null,
    sequence: shown.data.shown.sequence,
  };
  return (
    <Page
      title={commandName(kind, type)}
      lead={
        <>
          <Link to="/cases/$case" params={{ case: id }}>
            {kindName(kind)} {shortRef(id)}
          </Link>
          {about === null ? null : ` · ${about}`}
          {form.data.doing === null ? null : ` · ${form.data.doing} (${form.data.code ?? ''})`}
        </>
      }
    >
      {done === null ? (
        <Beside kind={kind} type={type} id={id}>
          <CommandFormView key={`${id} ${type}`} form={form.data} place={place} onDone={finish} />
        </Beside>
      ) : (
        <Done done={done} zone={zone} />
      )}
    </Page>
  );
}

/** A decision with which a case begins. */
export function Beginning() {
  const { kind, type } = useParams({ from: '/begin/$kind/$type' });
  const [id] = useState(() => newId(`${kind}-`));
  const [done, setDone] = useState<Decided | null>(null);
  const form = useQuery(formQuery(kind, type));
  const self = useQuery(selfQuery);
  const people = useQuery(peopleQuery);
  const sites = useQuery(sitesQuery);
  if (form.isError) return <ProblemNote error={form.error} />;
  if (form.data === undefined || people.isPending || sites.isPending) return <Loading />;
  const known = { people: people.data?.list ?? [], sites: sites.data?.list ?? [] };
  const zone = self.data?.zone ?? known.sites[0]?.zone ?? 'UTC';
  const place = {
    case: id,
    prefill: knownAtStart(kind, type, known),
    close: [],
    subject: null,
    zone,
    readers: readersOf[kind] ?? '',
    draft: null,
  };
  return (
    <Page
      title={commandName(kind, type)}
      lead={`A new case begins with this: ${kindName(kind).toLowerCase()}.`}
    >
      {done === null ? (
        <CommandFormView
          form={form.data}
          place={place}
          onDone={(result) => {
            setDone(result);
            void dropDraft(draftPlace(id, type));
          }}
        />
      ) : (
        <Done done={done} zone={zone} />
      )}
    </Page>
  );
}
