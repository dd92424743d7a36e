import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { explanation } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { timeText, titled } from '../app/words.ts';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { Fact } from '../parts/waiting.tsx';
import { actorText } from './record-history.tsx';
import { LedgerProof } from './ledger-proof.tsx';

/** Which entries had to pass gates, by what they were decided, and how somebody outside checks it. */
export function Proof({ id }: { readonly id: string }) {
  const found = useQuery({
    queryKey: ['case', id, 'proof'],
    queryFn: () => ask<z.output<typeof explanation>>('GET', `/cases/${encodeURIComponent(id)}/explanation`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { rows, hash, zone } = found.data;
  const gated = rows.filter((one) => one.gates.length > 0);
  return (
    <>
      <LedgerProof />
      <Section
        title="Gates that were passed"
        says="Each of these entries could only be written while its gates held, with the facts of other cases named here."
      >
        {gated.length === 0 ? <p>No entry of this case stood behind a gate so far.</p> : null}
        {gated.length === 0 ? null : (
          <Table
            caption="Entries behind gates"
            rows={gated}
            keyOf={(one) => String(one.position)}
            columns={[
              { name: 'When', cell: (one) => timeText(one.at, zone) },
              { name: 'Entry', cell: (one) => titled(one.kind ?? '') },
              { name: 'Gates', cell: (one) => <strong>{one.gates.join(', ')}</strong> },
              { name: 'By', cell: (one) => actorText(one) },
              { name: 'Facts used', cell: (one) => one.facts.length, number: true },
              { name: 'Policy', cell: (one) => <code>{one.policy}</code> },
            ]}
          />
        )}
        <dl className="facts">
          <Fact name="Entries">{rows.length}</Fact>
          <Fact name="Hash of the last entry">
            <code className="hash">{hash}</code>
          </Fact>
        </dl>
      </Section>
      <Section
        title="Check it yourself"
        says="The record can be checked without this server, on another machine."
      >
        <ol>
          <li>Whoever may export takes the ledger out as a file.</li>
          <li>
            <code>peer-hire ledger verify ledger.jsonl</code> reads it without a network.
          </li>
          <li>
            It proves the chain, folds every entry, evaluates each gate and each right anew, and names the
            first wrong place.
          </li>
        </ol>
      </Section>
    </>
  );
}
