import { useQuery } from '@tanstack/react-query';
import { gatesQuery } from '../app/queries.ts';
import { spaced } from '../app/words.ts';
import { GateLadder } from '../charts/gate-ladder.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { Learn } from '../parts/learn.tsx';
import { MissingList, ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import type { GateNow } from '../app/types.ts';

/** A gate in one word. */
export function gateWord({ passed, holds, notWitnessed }: GateNow): string {
  if (notWitnessed === true) return 'not witnessed';
  if (passed) return 'passed';
  return holds ? 'open: nothing is missing' : 'closed';
}

/** Warnings that somebody read and let stand on the way to a gate, each with the row that says so. */
function LetStand({ list }: { readonly list: GateNow['acknowledged'] }) {
  return (
    <ul>
      {list.map(({ rules, about, actor, actorName, position }) => (
        <li key={`${String(position)} ${rules.join(' ')} ${about ?? ''}`}>
          {rules.join(', ')}
          {about === null ? '' : ` (${spaced(about)})`}, by {actorName ?? actor ?? 'somebody not named here'},
          row {position}
        </li>
      ))}
    </ul>
  );
}

/** Every gate: passed, open, or closed with what it still lacks. */
export function Gates({ id }: { readonly id: string }) {
  const found = useQuery(gatesQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { list } = found.data;
  if (list.length === 0)
    return (
      <Empty title="No gate stands in this kind of case">
        Gates stand where somebody’s work begins, is offered or ends: in roles, searches, applications and
        employments.
      </Empty>
    );
  return (
    <Section
      title="Gates"
      says="A gate cannot be skipped: what stands behind it happens only while everything it asks for holds."
    >
      <GateLadder list={list} />
      <Table
        caption="Gates of this case"
        rows={list}
        keyOf={(one) => `${one.gate} ${one.guards.join(' ')}`}
        columns={[
          { name: 'Gate', cell: (one) => <strong>{one.gate}</strong> },
          { name: 'Now', cell: (one) => gateWord(one) },
          {
            name: 'Why',
            cell: (one) => (/^G[0-5]/.test(one.gate) ? <Learn topic={one.gate.slice(0, 2)} /> : ''),
          },
          { name: 'Stands before', cell: (one) => one.guards.map(spaced).join(', ') },
          {
            name: 'Still missing',
            cell: (one) => (one.missing.length === 0 ? 'nothing' : <MissingList list={one.missing} />),
          },
          {
            name: 'Warnings let stand',
            cell: (one) => (one.acknowledged.length === 0 ? 'none' : <LetStand list={one.acknowledged} />),
          },
        ]}
      />
    </Section>
  );
}
