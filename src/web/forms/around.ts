import { createContext, useContext } from 'react';

/** What fields know of the form around them. */
export interface Around {
  /** The case the form belongs to; of one that begins, the id it gets. */
  readonly case: string;
  /** Which guard reads the text at a path; null: none. */
  readonly surfaceOf: (path: string) => string | null;
  /** Whom the text at a path is about; null: whoever writes it. */
  readonly aboutOf: (path: string) => string | null;
  /** Who can read what is typed here. */
  readonly readers: string;
  /** Whom the case names: they stand first in lists of people. */
  readonly close: readonly string[];
  readonly zone: string;
  /** What applications are called whose case the reader knows, by their id. */
  readonly names: Readonly<Record<string, string>>;
}

export const FormAround = createContext<Around>({
  case: '',
  surfaceOf: () => null,
  aboutOf: () => null,
  readers: '',
  close: [],
  zone: 'UTC',
  names: {},
});

export const useAround = (): Around => useContext(FormAround);
