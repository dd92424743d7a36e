import { useQuery } from '@tanstack/react-query';
import { spaced, titled } from '../app/words.ts';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { Wordings, matrixQuery } from './role-wordings.tsx';
import type { Matrix } from './role-wordings.tsx';

const marks: Readonly<Record<string, string>> = {
  agree: '● agrees',
  agree_with_concern: '◐ agrees, with a concern',
  stand_aside: '○ stands aside',
  block: '◆ objects',
  no_response: '– no answer yet',
};

function Cells({ found }: { readonly found: Matrix }) {
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label="Agreement: elements by people">
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">Element</th>
            {found.people.map((one) => (
              <th key={one.person} scope="col">
                {one.name ?? shortPerson(one.person)}
                <br />
                <span className="fine">{spaced(one.capacity)}</span>
              </th>
            ))}
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {found.rows.map((row) => (
            <tr key={row.element} className={row.said.every((one) => one === null) ? 'unsaid' : undefined}>
              <th scope="row">
                {row.element}
                <br />
                <span className="fine">{row.heading}</span>
                {row.mandatory ? '' : ' (optional)'}
              </th>
              {row.said.map((said, n) => {
                const one = found.people[n];
                return (
                  <td key={one?.person ?? String(n)} data-name={one?.name ?? one?.capacity}>
                    {said === null ? '·' : (marks[said] ?? spaced(said))}
                  </td>
                );
              })}
              <td data-name="Now">
                {spaced(row.status)}
                {row.notConsensus ? ', decided by the leader' : ''}
                {row.objections.length === 0 ? '' : `, ${row.objections.length} objected earlier`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Elements by people: who agrees, who has a concern, who objected. An objection stays visible. */
export function MatrixView({ id }: { readonly id: string }) {
  const found = useQuery(matrixQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { version, draft } = found.data;
  return (
    <>
      <Section
        title="Agreement"
        says={`${version === null ? 'No version adopted yet' : titled(`version ${version}`)}${draft ? ', a draft is open' : ''}. Silence is never a yes.`}
      >
        {found.data.rows.length === 0 ? (
          <Empty title="No element yet">
            The facilitator proposes the elements of the role; then everybody named says where they stand.
          </Empty>
        ) : (
          <Cells found={found.data} />
        )}
      </Section>
      <Wordings found={found.data} />
    </>
  );
}
