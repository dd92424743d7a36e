import { useQuery } from '@tanstack/react-query';
import { ask } from '../app/api.ts';
import { browserZone, timeText } from '../app/words.ts';
import { identityLink } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { useGuarded } from '../parts/guarded.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { shortPerson } from '../parts/waiting.tsx';

interface Identity {
  readonly code: string;
  readonly person: string | null;
  readonly createdAt: number;
}

function Came() {
  const found = useQuery({
    queryKey: ['identities'],
    queryFn: () => ask<{ readonly list: readonly Identity[] }>('GET', '/identities'),
    retry: false,
  });
  const guarded = useGuarded(found);
  if (found.isPending) return <Loading />;
  if (guarded !== null) return guarded;
  if (found.isError) return <ProblemNote error={found.error} />;
  if (found.data.list.length === 0)
    return (
      <Empty title="Nobody came through a provider yet.">
        Whoever does for the first time is shown a code and is asked to tell it to you.
      </Empty>
    );
  return (
    <Table
      caption="People who came through the provider"
      rows={found.data.list}
      keyOf={(one) => one.code}
      columns={[
        { name: 'Code', cell: (one) => one.code },
        {
          name: 'Who that is',
          cell: (one) => (one.person === null ? 'waits to be linked' : shortPerson(one.person)),
        },
        { name: 'First came', cell: (one) => timeText(one.createdAt, browserZone) },
      ]}
    />
  );
}

/** Who somebody is that came through the organization's identity provider, said once by whoever keeps the accounts. */
export function ProviderPeople() {
  return (
    <>
      <Section
        title="Say who came through your provider"
        says="Somebody who comes for the first time is shown a code. They tell it to you; you enter whose it is, once they have shown you that they are that person. From then on they sign in as that person, who is told of it, and the record says that you did it."
      >
        <PlainForm
          shape={identityLink}
          words="Link the code"
          done="They sign in as this person from now on."
          send={({ code, person }) => {
            const waits = typeof code === 'string' ? code.trim() : '';
            return ask('PUT', `/identities/${encodeURIComponent(waits)}`, { person });
          }}
        />
      </Section>
      <Section title="Who came through your provider" says="References, not names, as for logins.">
        <Came />
      </Section>
    </>
  );
}
