import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { purgeLine, secondList } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { shortRef, titled } from '../app/words.ts';
import { erasing } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { ActButton } from '../parts/act.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';

type Second = z.output<typeof secondList>;
interface Answer {
  readonly second: Second;
}

const erased = 'Erased. The reference stays, and says nothing any more.';
/** Nothing is lost, and somebody should look at that place. */
const lags =
  'The second list of what was erased, beside the copies, was not reached in time. It gets what it lacks by night; have whoever runs the machine see that its place answers.';

const isWords = {
  later: 'not yet',
  due: 'may be deleted now',
  held: 'kept by a legal hold',
  purged: 'deleted',
} as const;

/** How long records are kept, and the deletion of those whose day has come. */
export function Kept() {
  const [second, setSecond] = useState<Second>();
  const found = useQuery({
    queryKey: ['records'],
    queryFn: () => ask<{ readonly list: readonly z.output<typeof purgeLine>[] }>('GET', '/records'),
    retry: false,
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <Section
      title="How long records are kept"
      says="Cases that are over. When several rules fit, the latest day wins."
    >
      {found.data.list.length === 0 ? (
        <Empty title="No case is over yet">
          When one is, the day on which its texts may be deleted stands here.
        </Empty>
      ) : (
        <Table
          caption="Records and their last day"
          rows={found.data.list}
          keyOf={(one) => one.case}
          columns={[
            { name: 'Case', cell: (one) => shortRef(one.case) },
            { name: 'Kept as', cell: (one) => titled(one.retention) },
            { name: 'Over since', cell: (one) => one.from },
            { name: 'Deleted from', cell: (one) => one.purge },
            { name: 'Now', cell: (one) => isWords[one.is] },
            { name: 'Texts', cell: (one) => one.texts, number: true },
          ]}
        />
      )}
      {found.data.list.some((one) => one.is === 'due') ? (
        <p className="buttons">
          <ActButton
            words="Delete the texts whose day has come"
            asks={
              <p>
                The texts of {found.data.list.filter((one) => one.is === 'due').length} cases are deleted for
                good. What a hold keeps is passed over. The entries stay, and the ledger still verifies.
              </p>
            }
            yes="Delete them for good"
            send={async () => setSecond((await ask<Answer>('POST', '/records/purge', {})).second)}
          />
        </p>
      ) : null}
      <div role="status">
        {second === 'not_reached' ? <p className="note note-missing">Deleted. {lags}</p> : null}
      </div>
    </Section>
  );
}

/** The key of one person is destroyed. */
export function Erase() {
  return (
    <Section
      title="Erase somebody"
      says="Destroys the key of one person: name, addresses and texts are gone for good, in backups too. The ledger still verifies. This cannot be taken back."
    >
      <PlainForm
        shape={erasing}
        words="Erase for good"
        done={(answer: Answer) => `${erased}${answer.second === 'not_reached' ? ` ${lags}` : ''}`}
        send={(given) =>
          ask<Answer>(
            'POST',
            `/people/${typeof given['person'] === 'string' ? given['person'] : ''}/erase`,
            {},
          )
        }
      />
    </Section>
  );
}
