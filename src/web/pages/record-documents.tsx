import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { explanation, paper, shownText } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { timelineQuery } from '../app/queries.ts';
import type { Happened, ShownCase } from '../app/types.ts';
import { kindName, shortRef, spaced, timeText, titled } from '../app/words.ts';
import { Empty, Section } from '../parts/page.tsx';
import { useAct } from '../parts/act.tsx';
import { Paper as PaperView } from '../parts/paper.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { LettersView, PostingView } from './record-letters.tsx';

function refsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('txt_') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(refsIn);
}

/** Refs of sealed texts anywhere in what a row says, each once: a text that was let stand is named with its warning again. */
export const textsIn = (value: unknown): readonly string[] => [...new Set(refsIn(value))];

/** The texts of rows, each once, at the row that named it first: a later row may take the same words over. */
export const textsOf = <Row extends { readonly body: unknown }>(
  rows: readonly Row[],
): readonly { readonly row: Row; readonly text: string }[] => {
  const first = new Map<string, Row>();
  for (const row of rows) for (const text of textsIn(row.body)) if (!first.has(text)) first.set(text, row);
  return [...first].map(([text, row]) => ({ row, text }));
};

function TextLine({
  row,
  text,
  zone,
}: {
  readonly row: Happened;
  readonly text: string;
  readonly zone: string;
}) {
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['text', text],
    queryFn: () => ask<z.output<typeof shownText>>('GET', `/texts/${encodeURIComponent(text)}`),
    enabled: open,
    retry: false,
  });
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {titled(row.kind ?? 'text')} · {timeText(row.at, zone)}
        </summary>
        {found.isError ? <ProblemNote error={found.error} /> : null}
        {found.data === undefined ? null : <blockquote className="typed">{found.data.text}</blockquote>}
      </details>
    </li>
  );
}

function Paper({ words, load }: { readonly words: string; readonly load: () => Promise<string> }) {
  const { act: got, stepUp, fault } = useAct(load);
  return (
    <div className="paper-box">
      <button
        type="button"
        className="button"
        onClick={() => got.isPending || got.mutate()}
        aria-disabled={got.isPending}
      >
        {words}
      </button>
      {fault}
      {stepUp}
      {got.data === undefined ? null : <PaperView title={words} text={got.data} />}
    </div>
  );
}

type Described = z.output<typeof paper> & {
  readonly version: number;
  readonly status: string;
  readonly gaps: readonly string[];
  readonly unread: number;
  readonly digest: string;
  readonly approved: string | null;
};

/** Whether the words on this page are those that were approved. */
function Standing({ found }: { readonly found: Described }) {
  const same = found.approved === null || found.approved === found.digest;
  const lines = [
    ...found.gaps.map((gap) => `Still open: ${spaced(gap)}.`),
    ...(found.unread > 0 ? [`${found.unread} texts are not for you, and are left out.`] : []),
    ...(same ? [] : ['Something has changed since it was approved: these are not the approved words.']),
  ];
  return (
    <div className={same && found.gaps.length === 0 ? 'note note-ready' : 'note note-missing'}>
      <p className="note-title">
        Version {found.version}, {spaced(found.status)}
      </p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

/** The description of the role, with its version and whether these are the approved words. */
function Description({ at }: { readonly at: string }) {
  const got = useMutation({ mutationFn: () => ask<Described>('POST', `${at}/description`, {}) });
  return (
    <div className="paper-box">
      <button type="button" className="button" onClick={() => got.mutate()} disabled={got.isPending}>
        The description of the role
      </button>
      {got.isError ? <ProblemNote error={got.error} /> : null}
      {got.data === undefined ? null : (
        <>
          <Standing found={got.data} />
          <PaperView title="The description of the role" text={got.data.markdown} />
        </>
      )}
    </div>
  );
}

/** Documents made from what stands in the ledger, and the texts that people typed, each opened on its own. */
export function Documents({ shown }: { readonly shown: ShownCase }) {
  const { case: id, kind } = shown;
  const found = useQuery(timelineQuery(id));
  const at = `/cases/${encodeURIComponent(id)}`;
  const texts = textsOf(found.data?.past ?? []);
  return (
    <>
      <Section
        title="To read and to print"
        says="Made anew from the ledger each time; what is not for you is left out."
      >
        <Paper
          words="This case in plain sentences"
          load={async () => (await ask<z.output<typeof explanation>>('GET', `${at}/explanation`)).text}
        />
        {kind === 'role' ? <Description at={at} /> : null}
        {kind === 'opening' ? (
          <Paper
            words="The record of this search"
            load={async () => (await ask<z.output<typeof paper>>('GET', `${at}/packet`)).markdown}
          />
        ) : null}
      </Section>
      {kind === 'opening' ? <PostingView id={id} /> : null}
      <LettersView id={id} kind={kind} />
      <Section
        title="Texts"
        says={`What people typed here, ${kindName(kind).toLowerCase()} ${shortRef(id)}. Opening one of selection or of a confidential matter is recorded.`}
      >
        {texts.length === 0 ? (
          <Empty title="No texts">Most decisions are made of codes, dates and numbers, on purpose.</Empty>
        ) : (
          <ul className="plain-list">
            {texts.map(({ row, text }) => (
              <TextLine key={text} row={row} text={text} zone={shown.zone} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
