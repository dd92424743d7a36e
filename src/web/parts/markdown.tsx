import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { peopleQuery, subjectsQuery } from '../app/queries.ts';
import { kindName, shortRef } from '../app/words.ts';
import { shortPerson } from './waiting.tsx';

/** A mark that stands for itself: our renderer puts a stroke before it. */
const bare = (text: string): string => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');

/** Opaque ids of cases and people: whoever may read who they are reads that, and goes there. */
const REF = /((?:readiness|role|opening|candidacy|employment|review|clock)-[0-9a-z]{26}|prs_[0-9a-z]{26})/;

function Ref({ id }: { readonly id: string }) {
  const subjects = useQuery(subjectsQuery);
  const people = useQuery(peopleQuery);
  if (id.startsWith('prs_'))
    return people.data?.list.find(({ person }) => person === id)?.name ?? shortPerson(id);
  const name = subjects.data?.list.find((one) => one.case === id)?.name;
  return (
    <Link to="/cases/$case" params={{ case: id }}>
      {name ?? `${kindName(id.split('-')[0] ?? '')} ${shortRef(id)}`}
    </Link>
  );
}

const words = (text: string): readonly ReactNode[] =>
  bare(text)
    .split(REF)
    .map((part, n) => (REF.test(part) ? <Ref key={`${n} ${part}`} id={part} /> : part));

/** Bold and code inside a line. Everything else is text: no markup of a document becomes markup here. */
function inline(text: string): readonly ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, n) => {
    const key = `${n} ${part}`;
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4)
      return <strong key={key}>{bare(part.slice(2, -2))}</strong>;
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2)
      return <code key={key}>{part.slice(1, -1)}</code>;
    return <Fragment key={key}>{words(part)}</Fragment>;
  });
}

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

function TableOf({ lines }: { readonly lines: readonly string[] }) {
  const [head = '', , ...rest] = lines;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label="Table of the document">
      <table>
        <thead>
          <tr>
            {cellsOf(head).map((cell) => (
              <th key={cell} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rest.map((line) => (
            <tr key={line}>
              {cellsOf(line).map((cell, n) => (
                // Two cells of a row may say the same.
                <td key={`${String(n)} ${cell}`}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEADING = /^(#{1,6}) (.*)$/;

function block(lines: readonly string[]): ReactNode {
  const [first = ''] = lines;
  const heading = HEADING.exec(first);
  if (heading !== null) {
    const Level = (heading[1] ?? '').length <= 1 ? 'h3' : 'h4';
    return (
      <>
        <Level>{inline(heading[2] ?? '')}</Level>
        {lines.length > 1 ? block(lines.slice(1)) : null}
      </>
    );
  }
  if (lines.length > 1 && lines.every((line) => line.startsWith('|'))) return <TableOf lines={lines} />;
  if (lines.every((line) => /^\s*([-*]|\d+\.) /.test(line)))
    return (
      <ul>
        {lines.map((line) => (
          <li key={line}>{inline(line.replace(/^\s*([-*]|\d+\.) /, ''))}</li>
        ))}
      </ul>
    );
  return (
    <p>
      {lines.map((line, n) => (
        <Fragment key={`${String(n)} ${line}`}>
          {n === 0 ? null : <br />}
          {inline(line)}
        </Fragment>
      ))}
    </p>
  );
}

/** A document as our own renderer writes it: headings, lists, tables, paragraphs. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = text.split(/\n{2,}/).map((part) => part.split('\n').filter((line) => line.trim() !== ''));
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines, n) => <div key={`${String(n)} ${lines[0] ?? ''}`}>{block(lines)}</div>);
}
