import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { verdict } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Fact } from '../parts/waiting.tsx';

type Verdict = z.output<typeof verdict>;

function Found({ found }: { readonly found: Verdict }) {
  if (!found.ok)
    return (
      <div className="note note-problem" role="status">
        <p className="note-title">The first wrong place</p>
        <p>{found.what}</p>
        <p className="fine">
          Code <code>{found.code}</code>, position {found.place.position}, entry {found.place.sequence} of{' '}
          <code>{found.place.case}</code>
        </p>
      </div>
    );
  return (
    <div className="note note-ready" role="status">
      <p className="note-title">✓ Everything holds</p>
      <dl className="facts">
        <Fact name="Entries">
          {found.rows} of {found.cases} cases
        </Fact>
        <Fact name="Gates evaluated again">{found.gates}</Fact>
        <Fact name="Facts recomputed">{found.facts}</Fact>
        <Fact name="Rights looked up again">{found.rights}</Fact>
        <Fact name="Notices and acts of policy">
          {found.notices} and {found.acts}
        </Fact>
        <Fact name="Confidential entries opened">
          {found.sealed.opened} of {found.sealed.rows}
        </Fact>
        <Fact name="Signed heads checked">{found.anchors.checked}</Fact>
        <Fact name="Last hash">
          <code className="hash">{found.head.hash}</code>
        </Fact>
      </dl>
      {found.anchors.checked > 0 ? null : (
        <p className="fine">
          No signed head was asked. Whoever could write the whole ledger could have put another date or
          outcome in the place of somebody’s, or cut off the end, and made every hash anew; only a head that
          was signed earlier and kept elsewhere shows that.
        </p>
      )}
    </div>
  );
}

/** Proves the whole ledger, for whoever may ask for it. */
export function LedgerProof() {
  const proof = useMutation({ mutationFn: () => ask<Verdict>('GET', '/proof') });
  return (
    <Section
      title="Proof"
      says="Was any gate skipped, any entry changed, any right missing? Everything is evaluated anew, from the first entry on."
    >
      <p>
        <button
          type="button"
          className="button button-main"
          aria-disabled={proof.isPending}
          onClick={() => proof.isPending || proof.mutate()}
        >
          {proof.isPending ? 'Proving …' : 'Prove the ledger now'}
        </button>
      </p>
      {proof.isError ? <ProblemNote error={proof.error} /> : null}
      {proof.data === undefined ? null : <Found found={proof.data} />}
    </Section>
  );
}
