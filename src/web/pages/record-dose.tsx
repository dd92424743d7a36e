import type { Happened } from '../app/types.ts';
import { monthText, spaced } from '../app/words.ts';
import { Bars } from '../charts/bars.tsx';
import { Section } from '../parts/page.tsx';

const outcomes = ['held', 'moved', 'missed'] as const;

/** Which pile a logged session belongs to. */
function pileOf(outcome: unknown): (typeof outcomes)[number] {
  const word = typeof outcome === 'string' ? outcome : '';
  if (word === 'held') return 'held';
  return word.startsWith('missed') ? 'missed' : 'moved';
}

/** Supervision as it was given: sessions held, moved and missed in each month. */
export function DoseView({ past, zone }: { readonly past: readonly Happened[]; readonly zone: string }) {
  const rows = past.filter((one) => one.kind === 'session_logged' || one.kind === 'session_moved');
  if (rows.length === 0) return null;
  const months = [...new Set(rows.map((one) => monthText(one.at, zone)))];
  const list = months.map((month) => {
    const here = rows.filter((one) => monthText(one.at, zone) === month);
    const count = (pile: string): number =>
      here.filter((one) => (one.kind === 'session_moved' ? 'moved' : pileOf(one.body?.['outcome'])) === pile)
        .length;
    return { name: month, parts: outcomes.map((pile) => ({ name: spaced(pile), value: count(pile) })) };
  });
  return (
    <Section title="Supervision given" says="Sessions held, moved and missed, month by month.">
      <Bars caption="Sessions of supervision by month" first="Month" list={list} />
    </Section>
  );
}
