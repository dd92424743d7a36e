import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { z } from 'zod';
import type { imported } from '../../contracts/api/changes.ts';
import type { hold } from '../../contracts/api/reading.ts';
import { rowFault } from '../../contracts/row-faults.ts';
import { ask } from '../app/api.ts';
import { isOfCases } from '../app/live.ts';
import { boardQuery, selfQuery } from '../app/queries.ts';
import { shortRef, spaced } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { TakeFile } from '../parts/take-file.tsx';
import { Erase, Kept } from './records-over.tsx';
import { useTitles } from './today.tsx';

type Imported = z.output<typeof imported>;

const importWords: Readonly<Record<Imported['is'], string>> = {
  would: 'Every row can be entered. Nothing has been entered yet.',
  done: 'Every row is entered, each with a receipt.',
  stopped: 'It stopped on the way. The same file again is safe and goes on there.',
  invalid: 'Nothing was entered: these lines have to be mended first.',
};

/** Each application that is there now, to open: the next step is to acknowledge it. */
function Entered({ rows }: { readonly rows: Imported['rows'] }) {
  const titles = useTitles();
  return (
    <>
      <p>Next: acknowledge each of them. They stand under Today, too.</p>
      <ul className="plain-list">
        {rows.map((one) => (
          <li key={one.candidacy}>
            <Link to="/cases/$case" params={{ case: one.candidacy }}>
              {titles(one.candidacy) ?? shortRef(one.candidacy)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const importFault = (code: string): string => rowFault(code) ?? spaced(code);

function ImportResult({ found }: { readonly found: Imported }) {
  const wrong = found.is === 'invalid' || found.is === 'stopped';
  return (
    <div className={wrong ? 'note note-missing' : 'note note-ready'} role="status">
      <p className="note-title">{importWords[found.is]}</p>
      <p>
        {found.rows.filter(({ is }) => is === 'new').length} new,{' '}
        {found.rows.filter(({ is }) => is === 'there').length} there already.
      </p>
      {found.is === 'done' ? <Entered rows={found.rows} /> : null}
      <ul className="missing">
        {found.errors.map((one) => (
          <li key={`${one.line} ${one.code} ${one.column ?? ''}`}>
            Line {one.line}
            {one.column === undefined ? '' : `, ${one.column}`}: {importFault(one.code)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Applications that came another way: first what each row would come to, then the same file for good. */
function Import() {
  const client = useQueryClient();
  const openings = useQuery(boardQuery({ kind: 'opening' }));
  const [opening, setOpening] = useState('');
  const [csv, setCsv] = useState('');
  const [seen, setSeen] = useState(false);
  const bring = useMutation({
    mutationFn: (dryRun: boolean) =>
      ask<Imported>('POST', `/imports${dryRun ? '?dryRun=true' : ''}`, { opening, csv }),
    onSuccess: (found) => {
      setSeen(found.is === 'would');
      if (found.is === 'done') void client.invalidateQueries({ predicate: isOfCases });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    bring.mutate(!seen);
  };
  return (
    <Section
      title="Applications from a list"
      says="A CSV file. All rows or none; the same file again adds nothing. What people say about themselves is never imported."
    >
      <form className="command" onSubmit={submit}>
        <div className="field">
          <label htmlFor="opening">Search</label>
          <select id="opening" required value={opening} onChange={(event) => setOpening(event.target.value)}>
            <option value="">Choose a search …</option>
            {(openings.data?.list ?? []).map((one) => (
              <option key={one.case} value={one.case}>
                {shortRef(one.case)}, {spaced(one.stage)}, {one.siteName}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="csv">File</label>
          <p className="hint" id="csv-columns">
            The first line names the columns: <code>name,email,phone,zone,channel,key</code>. Only the name
            has to be there, and something that tells a row apart: a mail address, a telephone number or a
            key.
          </p>
          <input
            id="csv"
            type="file"
            accept=".csv,text/csv"
            aria-describedby="csv-columns"
            onChange={(event) => {
              setSeen(false);
              void event.target.files?.[0]?.text().then(setCsv);
            }}
          />
        </div>
        {bring.isError ? <ProblemNote error={bring.error} /> : null}
        {bring.data === undefined ? null : <ImportResult found={bring.data} />}
        <div className="buttons">
          <button
            type="submit"
            className="button button-main"
            disabled={bring.isPending || opening === '' || csv === ''}
          >
            {seen ? 'Enter them all' : 'Look what each row would come to'}
          </button>
        </div>
      </form>
    </Section>
  );
}

function Holds({ begins }: { readonly begins: boolean }) {
  const found = useQuery({
    queryKey: ['holds'],
    queryFn: () => ask<{ readonly list: readonly z.output<typeof hold>[] }>('GET', '/holds'),
    retry: false,
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <Section title="Legal holds" says="What is held is kept, whatever else says that it may go.">
      {found.data.list.length === 0 ? (
        <Empty title="Nothing is held">
          A hold is begun by one and confirmed by another of those who look after holds. While it stands,
          nothing of that person is deleted or erased.
        </Empty>
      ) : (
        <Table
          caption="Legal holds"
          rows={found.data.list}
          keyOf={(one) => one.clock}
          columns={[
            {
              name: 'Hold',
              cell: (one) => (
                <Link to="/cases/$case" params={{ case: one.clock }}>
                  {shortRef(one.clock)}
                </Link>
              ),
            },
            { name: 'Since', cell: (one) => one.on },
            { name: 'Reason', cell: (one) => spaced(one.reason) },
            { name: 'Confirmed', cell: (one) => (one.confirmed ? 'yes' : 'waits for a second person') },
            { name: 'Look again', cell: (one) => one.review },
          ]}
        />
      )}
      {begins ? (
        <p className="buttons">
          <Link to="/begin/$kind/$type" params={{ kind: 'clock', type: 'hold_on' }} className="button">
            Begin a hold
          </Link>
        </p>
      ) : null}
    </Section>
  );
}

/** The ledger as a file, for whoever reads all that is in it. */
function TakeAlong() {
  return (
    <Section
      title="Take the ledger along"
      says="A file without names, texts or keys, which proves itself on any machine: peer-hire ledger verify ledger.jsonl. That you took it stands in the ledger."
    >
      <TakeFile words="Make the file" from="/export" name="ledger.jsonl" type="application/jsonl" />
    </Section>
  );
}

/** Records: what comes in as a list, how long it is kept, what is held, what is erased. */
export function Records() {
  const self = useQuery(selfQuery);
  if (self.data === undefined) return <Loading />;
  const holds = (...list: readonly string[]): boolean =>
    self.data.capacities.some((one) => list.includes(one));
  const any = holds('hr', 'hr_director', 'compliance', 'privacy_officer');
  return (
    <Page title="Records" lead="What comes in, how long it is kept, and what is deleted.">
      {holds('hr', 'hr_director') ? <Import /> : null}
      {holds('hr_director', 'privacy_officer') ? <Kept /> : null}
      {holds('compliance', 'privacy_officer', 'hr_director') ? (
        <Holds begins={holds('compliance', 'hr_director')} />
      ) : null}
      {holds('hr_director') ? <TakeAlong /> : null}
      {holds('privacy_officer', 'hr_director') ? <Erase /> : null}
      {any ? null : (
        <Empty title="Not yours to look after">
          Who read about you, and what you may ask for, stands under your name, above.
        </Empty>
      )}
    </Page>
  );
}
