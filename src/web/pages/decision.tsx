import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../app/api.ts';
import {
  casePeopleQuery,
  caseQuery,
  formQuery,
  selfQuery,
  sitesQuery,
  timelineQuery,
  waitingQuery,
} from '../app/queries.ts';
import type { Decided, Related, Self, ShownCase } from '../app/types.ts';
import { kindName, newId, shortRef } from '../app/words.ts';
import { prefilled } from '../forms/answering.ts';
import { knownAtStart } from '../forms/beginning.ts';
import { CommandFormView } from '../forms/command-form.tsx';
import { layoutOf } from '../forms/layout.ts';
import type { Layout } from '../forms/layout.ts';
import { draftOf, draftPlace, dropDraft } from '../forms/drafts.ts';
import { actName } from '../parts/acts.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { isOfficer, ownPrefill, reachable, useOwn } from './confidence.ts';
import type { Own } from './confidence.ts';
import { Done } from './decision-done.tsx';
import { Kit, openingOf, useAnchored } from './kit.tsx';
import { PanelTimes, ofTimes } from './panel-times.tsx';
import { OfferView, newestVersion } from './record-offer.tsx';
import { ReviewTexts } from './review-texts.tsx';
import { useRunning } from './running.ts';
import { OnTheTable, matrixQuery, positionsFor } from './role-wordings.tsx';

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

const ofOffer = (kind: string, type: string): boolean =>
  kind === 'candidacy' && /(_offer|_counter|_rescind)$/.test(type);

/** What has to be before one’s eyes while writing: the other texts of a review, or the questions of an interview,
 * or when its panel can come. */
function paneOf(kind: string, type: string, id: string, shown: ShownCase): ReactNode {
  if (kind === 'review') return <ReviewTexts id={id} />;
  const opening = openingOf(shown);
  if (kind === 'candidacy' && ofTimes.has(type) && opening !== undefined)
    return <PanelTimes id={id} opening={opening} zone={shown.zone} />;
  return type === 'submit_sheet' && opening !== undefined ? <Kit opening={opening} /> : null;
}

/** Two panes: what is there already on the left, one’s own on the right. */
function Beside({ pane, children }: { readonly pane: ReactNode; readonly children: ReactNode }) {
  if (pane === null) return children;
  return (
    <div className="two-panes">
      <div className="pane">{pane}</div>
      {children}
    </div>
  );
}

/** Which session, item or action it is about, where the link said so. */
function namedBy(
  layout: Layout | null,
  search: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const fields = Object.entries(layout?.fields ?? {});
  return Object.fromEntries(
    fields.flatMap(([name, { known }]) => {
      const said = search[name];
      return known === true && typeof said === 'string' ? [[name, said]] : [];
    }),
  );
}

/** A panelist notes their own times; HR says whose they are. */
const ownDiary = (type: string, self: Self | undefined): Readonly<Record<string, string>> =>
  type !== 'note_availability' || self === undefined || self.capacities.includes('hr')
    ? {}
    : { rater: self.person };

interface OnRecord {
  readonly comparator: { readonly values: Readonly<Record<string, unknown>> } | null;
}

/** Form and scale of a review are those of everybody else at the place (R8.1): nobody types them. Null while it loads. */
function useStandard(
  kind: string,
  type: string,
  site: string | undefined,
): Readonly<Record<string, string>> | null {
  const wanted = kind === 'review' && type === 'submit_draft';
  const found = useQuery({
    queryKey: ['comparator', site],
    queryFn: () => ask<OnRecord>('GET', `/sites/${encodeURIComponent(site ?? '')}/comparator`),
    enabled: wanted && site !== undefined,
    retry: false,
  });
  if (!wanted) return {};
  if (found.isPending) return null;
  const { review_form: form, review_scale: scale } = found.data?.comparator?.values ?? {};
  return {
    ...(typeof form === 'string' ? { form } : {}),
    ...(typeof scale === 'string' ? { scale } : {}),
  };
}

/** A decision in a case that is there. */
export function Decision() {
  const { case: id, type } = useParams({ from: '/cases/$case/do/$type' });
  const [done, setDone] = useState<Decided | null>(null);
  const kind = id.split('-')[0] ?? '';
  const form = useQuery(formQuery(kind, type));
  const anchored = useAnchored(form.data);
  const shown = useQuery(caseQuery(id));
  const people = useQuery(casePeopleQuery(id));
  const owed = useQuery(waitingQuery({ mine: true }));
  const draft = useQuery(draftQuery(id, type));
  const offer = ofOffer(kind, type) && type !== 'draft_offer';
  const past = useQuery({ ...timelineQuery(id), enabled: offer });
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const standard = useStandard(kind, type, shown.data?.shown.site);
  const layout = layoutOf(kind, type);
  const running = useRunning(id, layout, draft.data);
  const positions = kind === 'role' && type === 'give_positions';
  const agreement = useQuery({ ...matrixQuery(id), enabled: positions });
  const self = useQuery(selfQuery);
  const failed = [form, shown, people].find((one) => one.isError);
  // Whoever handed something on may read nothing of it any more: what they did is said all the same.
  if (failed !== undefined && done === null)
    return (
      <Page title="This cannot be shown">
        <ProblemNote error={failed.error} />
      </Page>
    );
  if (
    form.data === undefined ||
    shown.data === undefined ||
    people.data === undefined ||
    owed.isPending ||
    draft.isPending ||
    (offer && past.isPending) ||
    (positions && agreement.isPending) ||
    standard === null ||
    running === null
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
      ...(positions && agreement.data !== undefined
        ? { positions: positionsFor(agreement.data, self.data?.person ?? '') }
        : {}),
      ...standard,
      ...ownDiary(type, self.data),
      ...running.prefill,
      ...namedBy(layout, search),
    },
    close: people.data.list.map(({ person }) => person),
    names: running.names,
    draft: draft.data ?? null,
    ...(shown.data.shown.sequence === null ? {} : { sequence: shown.data.shown.sequence }),
  };
  return (
    <Page
      title={actName({ kind, type })}
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
      {layout?.lead === undefined || done !== null ? null : <p className="says">{layout.lead}</p>}
      {/* Whoever decides on an offer has its terms before them. */}
      {ofOffer(kind, type) ? <OfferView id={id} /> : null}
      {done === null ? (
        <Beside pane={paneOf(kind, type, id, shown.data.shown)}>
          <>
            {positions ? <OnTheTable id={id} /> : null}
            <CommandFormView
              key={`${id} ${type}`}
              form={anchored ?? form.data}
              place={place}
              onDone={finish}
            />
          </>
        </Beside>
      ) : (
        <Done done={done} zone={zone} layout={layout} />
      )}
    </Page>
  );
}

/** Officers open matters for others; everybody else only their own. */
const inConfidence = ({ person, people, employment }: Own, kind: string): boolean =>
  kind === 'clock' &&
  employment !== null &&
  people.every(
    (one) => one.person !== person || one.capacities.every(({ capacity }) => !isOfficer(capacity)),
  );

/** A decision with which a case begins. */
export function Beginning() {
  const { kind, type } = useParams({ from: '/begin/$kind/$type' });
  const [id] = useState(() => newId(`${kind}-`));
  const [done, setDone] = useState<Decided | null>(null);
  const form = useQuery(formQuery(kind, type));
  const self = useQuery(selfQuery);
  const own = useOwn();
  const sites = useQuery(sitesQuery);
  if (form.isError) return <ProblemNote error={form.error} />;
  if (form.data === undefined || own === null || sites.isPending) return <Loading />;
  const layout = layoutOf(kind, type);
  const known = { people: own.people, sites: sites.data?.list ?? [] };
  const zone = self.data?.zone ?? known.sites[0]?.zone ?? 'UTC';
  const place = {
    case: id,
    // Whoever asks or reports for themselves names neither their place nor their own case.
    prefill: inConfidence(own, kind) ? ownPrefill(type, own) : knownAtStart(kind, type, known),
    close: [],
    subject: null,
    zone,
    readers: readersOf[kind] ?? '',
    draft: null,
  };
  return (
    <Page
      title={actName({ kind, type })}
      lead={layout?.lead ?? `A new case begins with this: ${kindName(kind).toLowerCase()}.`}
    >
      {done === null ? (
        <CommandFormView
          form={reachable(form.data, own)}
          place={place}
          onDone={(result) => {
            setDone(result);
            void dropDraft(draftPlace(id, type));
          }}
        />
      ) : (
        <Done done={done} zone={zone} layout={layout} />
      )}
    </Page>
  );
}
