import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { shownText } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { timelineQuery } from '../app/queries.ts';
import { timeText, titled } from '../app/words.ts';
import { Empty, Section } from '../parts/page.tsx';
import { textsIn } from './record-documents.tsx';

/** What was shared so far in this review: the person's own words first. */
const shared = ['self_review_shared', 'feedback_shared', 'served_feedback_entered', 'draft_submitted'];

function OneText({ text, words }: { readonly text: string; readonly words: string }) {
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

/** The left pane of a review: what the person wrote themselves, and what was shared beside it. */
export function ReviewTexts({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  const rows = (found.data?.past ?? []).filter((one) => shared.includes(one.kind ?? ''));
  const ordered = rows.toSorted((a, b) => shared.indexOf(a.kind ?? '') - shared.indexOf(b.kind ?? ''));
  const zone = found.data?.zone ?? 'UTC';
  return (
    <Section
      title="Shared so far"
      says="Written independently first: what the other side wrote is here only once it was shared."
    >
      {ordered.length === 0 ? (
        <Empty title="Nothing shared yet">
          When the person shares their own view, it stands here beside yours.
        </Empty>
      ) : null}
      {ordered.flatMap((row) =>
        textsIn(row.body).map((text) => (
          <OneText key={text} text={text} words={`${titled(row.kind ?? '')}, ${timeText(row.at, zone)}`} />
        )),
      )}
    </Section>
  );
}
