import { useQuery } from '@tanstack/react-query';
import { boardQuery, peopleQuery, selfQuery, subjectsQuery } from '../app/queries.ts';
import type { CommandForm, Listed } from '../app/types.ts';
import type { Shape } from '../forms/shape.ts';

/** Offices that look into what is reported or asked in confidence, and what each is called. */
const offices = {
  investigating_officer: 'Investigating officer',
  accommodation_officer: 'Officer for arrangements',
  leave_officer: 'Leave officer',
} as const;
type Officer = keyof typeof offices;

export const isOfficer = (capacity: string): boolean => Object.hasOwn(offices, capacity);
export const officeName = (office: string): string => offices[office as Officer] ?? office;

/** Who holds an office at a place, for whoever turns to them. */
export function holdersOf(list: readonly Listed[], office: string, site: string | null): readonly Listed[] {
  return list.filter((one) =>
    one.capacities.some(({ capacity, scope }) => capacity === office && (site === null || scope === site)),
  );
}

/** One's own employment: what one asks in confidence belongs to it. */
export interface Own {
  readonly person: string;
  readonly employment: string | null;
  readonly site: string | null;
  readonly people: readonly Listed[];
}

/** @returns null while it loads */
export function useOwn(): Own | null {
  const self = useQuery(selfQuery);
  const subjects = useQuery(subjectsQuery);
  const board = useQuery(boardQuery({ all: true }));
  const people = useQuery(peopleQuery);
  if (self.data === undefined || subjects.isPending || board.isPending || people.isPending) return null;
  const { person } = self.data;
  const mine = new Set(subjects.data?.list.filter((one) => one.person === person).map((one) => one.case));
  const found = board.data?.list.findLast((one) => one.kind === 'employment' && mine.has(one.case));
  return {
    ...{ person, employment: found?.case ?? null, site: found?.site ?? null },
    people: people.data?.list ?? [],
  };
}

/** What is known before anything is typed, where somebody asks or reports for themselves. */
export function ownPrefill(
  type: string,
  { person, employment, site }: Own,
): Readonly<Record<string, unknown>> {
  if (employment === null || site === null) return {};
  return type === 'open_leave' ? { site, person, employment } : { site, person, parent: employment };
}

/** The form of a report, with the offices that somebody holds: what goes to nobody is not offered. */
export function reachable(form: CommandForm, { people, site }: Own): CommandForm {
  const shape = form.schema as Shape;
  const to = shape.properties?.['to'];
  if (form.type !== 'report_concern' || to === undefined) return form;
  const held = Object.keys(offices).filter((office) => holdersOf(people, office, site).length > 0);
  const named = held.map((office) => {
    const names = holdersOf(people, office, site).flatMap(({ name }) => (name === null ? [] : [name]));
    return [office, `${officeName(office)}${names.length === 0 ? '' : `: ${names.join(', ')}`}`] as const;
  });
  const schema = {
    ...shape,
    properties: { ...shape.properties, to: { ...to, enum: held, words: Object.fromEntries(named) } },
    required: [...(shape.required ?? []), 'to'],
  };
  return { ...form, schema };
}
