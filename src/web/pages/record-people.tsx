import { useQuery } from '@tanstack/react-query';
import { casePeopleQuery } from '../app/queries.ts';
import { titled } from '../app/words.ts';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { shortPerson } from '../parts/waiting.tsx';

/** Who is what in a case. */
export function CasePeople({ id }: { readonly id: string }) {
  const found = useQuery(casePeopleQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  if (found.data.list.length === 0)
    return (
      <Empty title="Nobody to show">
        Either the case names nobody yet, or who is in it is not for you. HR can say who is responsible.
      </Empty>
    );
  return (
    <Section
      title="People in this case"
      says="Each person with what they are here. Who holds an office of the whole site stands under People."
    >
      <Table
        caption="People in this case"
        rows={found.data.list}
        keyOf={(one) => `${one.person} ${one.capacity}`}
        columns={[
          { name: 'Person', cell: (one) => one.name ?? shortPerson(one.person) },
          { name: 'Here', cell: (one) => titled(one.capacity) },
        ]}
      />
    </Section>
  );
}
