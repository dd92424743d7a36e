import { useQuery } from '@tanstack/react-query';
import { ask } from '../app/api.ts';
import { timelineQuery } from '../app/queries.ts';
import type { CommandForm, ShownCase } from '../app/types.ts';
import { titled } from '../app/words.ts';
import type { Shape } from '../forms/shape.ts';

interface Question {
  readonly id: string;
  readonly competency: string;
  readonly text: string;
  readonly listensFor: readonly string[];
  readonly followUps: readonly string[];
}
interface Competency {
  readonly id: string;
  readonly title: string;
  readonly looksAt: string;
  readonly anchors: Readonly<Record<string, string>>;
}

const lasting = { staleTime: Infinity, retry: false };
const questionsQuery = {
  queryKey: ['toolbox', 'questions'],
  queryFn: () => ask<{ readonly list: readonly Question[] }>('GET', '/toolbox/questions'),
  ...lasting,
};
const competenciesQuery = {
  queryKey: ['toolbox', 'competencies'],
  queryFn: () => ask<{ readonly list: readonly Competency[] }>('GET', '/toolbox/competencies'),
  ...lasting,
};

/** The search an application belongs to. */
export const openingOf = ({ facts }: ShownCase): string | undefined =>
  facts?.find(({ kind }) => kind === 'applying')?.subject.split('/')[0];

/** The one set of questions of a search, the same for everybody: what each listens for, and what may follow. */
export function Kit({ opening }: { readonly opening: string }) {
  const found = useQuery({ ...timelineQuery(opening), retry: false });
  const bank = useQuery(questionsQuery);
  const planned = found.data?.past.findLast((one) => one.kind === 'interviews_planned');
  const ids =
    (planned?.body as { readonly questions?: readonly string[] } | undefined | null)?.questions ?? [];
  const questions = ids.map((id) => bank.data?.list.find((one) => one.id === id) ?? null);
  if (ids.length === 0) return null;
  return (
    <details className="twin kit" open>
      <summary>
        The questions of this interview <span className="count">{ids.length}</span>
      </summary>
      <p className="fine">
        The same for everybody, in this order. Nothing about health, and no story is asked for.
      </p>
      <ol>
        {questions.map((one, n) => (
          <li key={ids[n]}>
            {one === null ? (
              <p>{ids[n]}: a question of this search itself; HR has its wording.</p>
            ) : (
              <>
                <p>
                  <strong>{one.text}</strong>
                </p>
                <p className="fine">
                  {titled(one.competency)} · listens for: {one.listensFor.join('; ')}
                </p>
                <p className="fine">Then: {one.followUps.join(' ')}</p>
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The form of a rating sheet with what 1, 3 and 5 look like beside each rating. */
export function useAnchored(form: CommandForm | undefined): CommandForm | undefined {
  const wanted = form?.kind === 'candidacy' && form.type === 'submit_sheet';
  const found = useQuery({ ...competenciesQuery, enabled: wanted });
  if (form === undefined || !wanted || found.data === undefined) return form;
  const shape = form.schema as Shape;
  const ratings = shape.properties?.['ratings'];
  const known = new Map(found.data.list.map((one) => [one.id, one]));
  const anchored = Object.entries(ratings?.properties ?? {}).map(([name, inner]): [string, Shape] => {
    const one = known.get(name);
    if (one === undefined) return [name, inner];
    const { '1': low = '', '3': middle = '', '5': high = '' } = one.anchors;
    return [name, { ...inner, title: one.title, description: `1: ${low} · 3: ${middle} · 5: ${high}` }];
  });
  const schema: Shape = {
    ...shape,
    properties: { ...shape.properties, ratings: { ...ratings, properties: Object.fromEntries(anchored) } },
  };
  return { ...form, schema: schema as Record<string, unknown> };
}
