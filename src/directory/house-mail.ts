import { randomUUID } from 'node:crypto';
import type { HouseWord } from '../notify/house-texts.ts';
import type { Db } from './db.ts';

/** What a word to one person is about, where it is about something: a case, or a link with the number of its code. */
export interface WordAbout {
  readonly about?: string;
  readonly n?: number;
}

/** Keeps a word of the house to one person; the worker sends it within seconds. It carries no text of anybody. */
export async function tellPerson(
  db: Db,
  org: string,
  person: string,
  kind: HouseWord,
  { about, n }: WordAbout = {},
): Promise<void> {
  await db.query('insert into house_mail (org, id, person, kind, about, n) values ($1, $2, $3, $4, $5, $6)', [
    ...[org, `wrd_${randomUUID()}`, person, kind, about ?? null, n ?? null],
  ]);
}
