import { useMutation, useQuery } from '@tanstack/react-query';
import { ask } from '../app/api.ts';
import { peopleQuery, selfQuery } from '../app/queries.ts';
import { browserZone, dayText } from '../app/words.ts';
import { guestOffice } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Fact, shortPerson } from '../parts/waiting.tsx';
import { endOf } from './house.tsx';

/** A candidate has no login: their page's address may be lost, or in the wrong hands. */
function PageAddress({ id }: { readonly id: string }) {
  const send = useMutation({
    mutationFn: () => ask('POST', `/cases/${encodeURIComponent(id)}/page-address`),
  });
  return (
    <Section
      title="Their own page"
      says="They see where it stands on a page of their own, by the link in our messages. When that link is lost, or somebody else may have it, send a new address: the earlier one ends at once, and what they did there stays."
    >
      <div role="status">
        {send.isSuccess ? <p className="note note-ready">A new address is on its way to them.</p> : null}
      </div>
      {send.isError ? <ProblemNote error={send.error} /> : null}
      <div className="buttons">
        <button type="button" className="button" disabled={send.isPending} onClick={() => send.mutate()}>
          Send a new address
        </button>
      </div>
    </Section>
  );
}

/** Somebody from outside signs in for one case, until a day. */
function FromOutside({ id }: { readonly id: string }) {
  return (
    <Section
      title="Ask somebody into this case"
      says="They see and do here what goes with it, and nowhere else; after the day you name it ends by itself. They sign in with a login of their own, which the administrator gives."
    >
      <PlainForm
        shape={guestOffice}
        words="Ask them in"
        done="They take part in this case from now on."
        send={(given) =>
          ask('POST', `/people/${encodeURIComponent(String(given['person']))}/capacities`, {
            list: [{ capacity: given['capacity'], scope: id, until: endOf(given['until']) ?? undefined }],
          })
        }
      />
    </Section>
  );
}

interface Fee {
  readonly person: string;
  readonly is: 'offered' | 'owed' | 'paid';
  readonly at: number;
}

const feeWords: Readonly<Record<Fee['is'], string>> = {
  offered: 'offered; it is owed once they gave their word',
  owed: 'owed: HR is asked to pay it',
  paid: 'paid',
};

/** What those from outside are paid for their part: HR sees all of it, everybody else their own. */
export function Fees({ id }: { readonly id: string }) {
  const self = useQuery(selfQuery);
  const people = useQuery(peopleQuery);
  const found = useQuery({
    queryKey: ['fees', id],
    queryFn: () => ask<{ readonly list: readonly Fee[] }>('GET', `/cases/${encodeURIComponent(id)}/fees`),
  });
  const list = found.data?.list ?? [];
  if (list.length === 0) return null;
  const whose = ({ person }: Fee): string =>
    person === self.data?.person
      ? 'Your fee'
      : `Fee of ${people.data?.list.find((one) => one.person === person)?.name ?? shortPerson(person)}`;
  return (
    <Section title="Fees" says="Who is asked from outside is paid for it.">
      <dl className="facts">
        {list.map((one) => (
          <Fact key={one.person} name={whose(one)}>
            {feeWords[one.is]}, since {dayText(one.at, browserZone)}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

/** What people of the house do in a case for those who have no place in it otherwise. */
export function Guests({ id }: { readonly id: string }) {
  const self = useQuery(selfQuery);
  const holds = (...list: readonly string[]): boolean =>
    self.data?.capacities.some((one) => list.includes(one)) === true;
  return (
    <>
      {id.startsWith('candidacy-') && holds('hr', 'hr_director') ? <PageAddress id={id} /> : null}
      {!id.startsWith('clock-') && holds('hr_director') ? <FromOutside id={id} /> : null}
    </>
  );
}
