import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '../app/queries.ts';
import { kindName, shortRef, spaced } from '../app/words.ts';
import { shortPerson } from './waiting.tsx';

const PERSON = /prs_[0-9a-z]{26}/g;
const OFFICE = /\b([a-z_]+)@(?:site|org)_[0-9a-z]{26}\b/g;
const CODE = /\b[a-z]+(?:_[a-z]+)+\b/g;
const CASE = /\b([a-z]+)-[0-9a-z]{26}\b/g;

/**
 * Words of the server as a person reads them: names where the reader may see them, and offices, cases and
 * codes in words.
 */
export function useSaid(): (words: string) => string {
  const people = useQuery({ ...peopleQuery, retry: false });
  const names = new Map(people.data?.list.map((one) => [one.person, one.name]) ?? []);
  return (words) =>
    words
      .replaceAll(OFFICE, (_, office: string) => spaced(office))
      .replaceAll(PERSON, (ref) => names.get(ref) ?? shortPerson(ref))
      .replaceAll(CODE, (code) => spaced(code))
      .replaceAll(CASE, (ref, kind: string) => `${kindName(kind).toLowerCase()} ${shortRef(ref)}`);
}
