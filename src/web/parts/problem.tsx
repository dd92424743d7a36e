import { Refused } from '../app/api.ts';
import type { Found, Missing, Problem } from '../app/types.ts';
import { useSaid } from './said.ts';
import { offeredWording } from './wording.ts';

/** Any error as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return {
    type: 'urn:peer-hire:problem:page',
    title: 'This page failed',
    status: 500,
    code: 'page',
    detail: 'Load the page again. If it happens again, tell whoever runs peer-hire here.',
  };
}

/** Everything that is still missing, as a list. */
export function MissingList({ list }: { readonly list: readonly Missing[] }) {
  return list.length === 0 ? null : <SomeMissing list={list} />;
}

function SomeMissing({ list }: { readonly list: readonly Missing[] }) {
  const said = useSaid();
  return (
    <ul className="missing">
      {list.map((one) => (
        <li key={`${one.code} ${one.about ?? ''} ${one.who ?? ''}`}>{said(one.words)}</li>
      ))}
    </ul>
  );
}

const levelWords: Readonly<Record<string, string>> = {
  block: 'Stops',
  warn: 'Please look again',
  hint: 'Hint',
  fix: 'Better wording',
};

function UseWording({
  words,
  onUse,
}: {
  readonly words: string | null;
  readonly onUse: (words: string) => void;
}) {
  return words === null ? null : (
    <button type="button" className="button" onClick={() => onUse(words)}>
      Use this wording
    </button>
  );
}

/** What the guards found in a text: which wording, why, and what would do instead. */
export function Findings({
  list,
  onUse,
}: {
  readonly list: Found['findings'];
  /** Takes the wording that a rule with one answer (L1) offers for the whole text. Left out: it is shown only. */
  readonly onUse?: ((words: string) => void) | undefined;
}) {
  if (list.length === 0) return null;
  return (
    <ul className="findings">
      {list.map((one) => (
        <li key={`${one.rule} ${one.why}`} className={`finding finding-${one.level.toLowerCase()}`}>
          <strong>{levelWords[one.level.toLowerCase()] ?? one.level}</strong> <span>{one.why}</span>
          {one.instead == null ? null : (
            <span className="instead">
              Better: <q>{one.instead}</q>
            </span>
          )}
          {onUse === undefined ? null : <UseWording words={offeredWording(one)} onUse={onUse} />}
          <code>{one.rule}</code>
        </li>
      ))}
    </ul>
  );
}

/** The sentence without the codes in front of it: those stand below. */
export const plainly = (detail: string): string => detail.replace(/^Refused \([^)]*\)\. /, '');

/** A no, in words: what it is, what is missing, what to do. */
export function ProblemNote({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { title, detail, missing = [], code, rule } = problemOf(error);
  return (
    <div className="note note-problem" role="alert">
      <p className="note-title">{title}</p>
      <p>{plainly(detail)}</p>
      <MissingList list={missing} />
      <p className="fine">
        Code: <code>{code}</code>
        {rule == null ? null : (
          <>
            {' '}
            · rule <code>{rule}</code>
          </>
        )}
      </p>
      {again === undefined ? null : (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
