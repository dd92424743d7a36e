import { useQuery } from '@tanstack/react-query';
import { doingHere } from '../../cli/doing.ts';
import { peopleQuery, sitesQuery } from '../app/queries.ts';
import { kindName, shortRef, spaced, titled } from '../app/words.ts';
import { shortPerson } from './waiting.tsx';

const PERSON = /prs_[0-9a-z]{26}/g;
const OFFICE = /\b([a-z_]+)@(?:site|org)_[0-9a-z]{26}\b/g;
const CODE = /\b[a-z]+(?:_[a-z]+)+\b/g;
const SITE = /\bsite_[0-9a-z]{26}\b/g;
const TEXT = /\btxt_\w+/g;
/** What was asked, by its id: `P5.3:prs_…:1744817400000`. */
const ASKED = /^([A-Z]+\d*(?:\.\d+)?)[:/]\S+$/;
const CASE = /\b([a-z]+)-[0-9a-z]{26}\b/g;

/**
 * Words of the server as a person reads them: names where the reader may see them, and offices, cases and
 * codes in words.
 */
export function useSaid(): (words: string) => string {
  const people = useQuery({ ...peopleQuery, retry: false });
  const sites = useQuery({ ...sitesQuery, retry: false });
  const places = new Map(sites.data?.list.map((one) => [one.site, one.name]) ?? []);
  const names = new Map(people.data?.list.map((one) => [one.person, one.name]) ?? []);
  return (words) => {
    const code = ASKED.exec(words)?.[1];
    if (code !== undefined) return `${titled(doingHere({ code, id: words }))} (${code})`;
    return words
      .replaceAll(SITE, (ref) => places.get(ref) ?? 'a place of work')
      .replaceAll(TEXT, 'a sealed text')
      .replaceAll(OFFICE, (_, office: string) => spaced(office))
      .replaceAll(PERSON, (ref) => names.get(ref) ?? shortPerson(ref))
      .replaceAll(CODE, (code) => spaced(code))
      .replaceAll(CASE, (ref, kind: string) => `${kindName(kind).toLowerCase()} ${shortRef(ref)}`);
  };
}
