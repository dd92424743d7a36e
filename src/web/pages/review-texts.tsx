import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { shownText } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { timelineQuery } from '../app/queries.ts';
import { timeText, titled } from '../app/words.ts';
import { Markdown } from '../parts/markdown.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { textsOf } from './record-documents.tsx';

/** What was shared so far in this review: the person's own words first. */
const shared = ['self_review_shared', 'feedback_shared', 'served_feedback_entered', 'draft_submitted'];

/** What each is called where it stands. */
const titles: Readonly<Record<string, string>> = {
  self_review_shared: 'The person’s own text',
  feedback_shared: 'Feedback of a colleague',
  served_feedback_entered: 'What people served said',
  draft_submitted: 'The review, as it was written',
};

/** A sealed text, for who may read it; nothing where it is not for them. */
export function OneText({ text, words }: { readonly text: string; readonly words: string }) {
  const found = useQuery({
    queryKey: ['text', text],
    queryFn: () => ask<z.output<typeof shownText>>('GET', `/texts/${encodeURIComponent(text)}`),
    retry: false,
  });
  if (found.data === undefined) return null;
  return (
    <>
      <h3>{words}</h3>
      <blockquote className="typed">{found.data.text}</blockquote>
    </>
  );
}

/** What was agreed about the role: what a review is held against. Opened when somebody wants to look. */
function RoleAgreed({ role }: { readonly role: string }) {
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['text', role, 'description'],
    queryFn: () =>
      ask<{ readonly markdown: string }>('POST', `/cases/${encodeURIComponent(role)}/description`, {}),
    enabled: open,
    retry: false,
  });
  return (
    <details className="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The role as it was agreed</summary>
      {found.isError ? (
        <p className="fine">
          The whole text is not for you here.{' '}
          <Link to="/cases/$case/$view" params={{ case: role, view: 'agreement' }}>
            See its elements
          </Link>
          .
        </p>
      ) : null}
      {found.data === undefined ? null : <Markdown text={found.data.markdown} />}
    </details>
  );
}

/** The left pane of a review: what the person wrote themselves, and what was shared beside it. */
export function ReviewTexts({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  const rows = (found.data?.past ?? []).filter((one) => shared.includes(one.kind ?? ''));
  const ordered = rows.toSorted((a, b) => shared.indexOf(a.kind ?? '') - shared.indexOf(b.kind ?? ''));
  const zone = found.data?.zone ?? 'UTC';
  const opened = found.data?.past.find((one) => one.kind === 'review_opened')?.body as
    { readonly role?: string } | null | undefined;
  return (
    <Section
      title="Shared so far"
      says="Written independently first: what the other side wrote is here only once it was shared."
    >
      {opened?.role === undefined ? null : <RoleAgreed role={opened.role} />}
      {ordered.length === 0 ? (
        <Empty title="Nothing shared yet">
          The person’s own text comes first. What either side shares stands here, beside what you write.
        </Empty>
      ) : null}
      {textsOf(ordered).map(({ row, text }) => (
        <OneText
          key={text}
          text={text}
          words={`${titles[row.kind ?? ''] ?? titled(row.kind ?? '')}, ${timeText(row.at, zone)}`}
        />
      ))}
    </Section>
  );
}
