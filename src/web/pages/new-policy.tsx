import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { applied, documentsThere, termsInForce } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import { civilText, newId, shortRef, spaced } from '../app/words.ts';
import { clockQuery } from '../parts/clock.tsx';
import type { Site } from '../app/queries.ts';
import { ActButton, useAct } from '../parts/act.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Differences, RehearsalList } from '../parts/rehearsal.tsx';
import type { Compared, Rehearsed } from '../parts/rehearsal.tsx';

type Terms = z.output<typeof termsInForce>;
type Policy = Terms['policy'];
type Along = z.output<typeof documentsThere>;
type Applied = z.output<typeof applied>;
type Amount = Policy['values'][string][string];

/** What is proposed: a policy, and perhaps another profile by its name. */
interface Proposed {
  readonly policy: Policy | string;
  readonly profile?: string;
}

const marks = [
  ['O', 'our own choice'],
  ['R', 'read in a public text: a law, an agency, a study'],
  ['S', 'one of the source documents'],
  ['K', 'common knowledge, still to be checked'],
] as const;

/** `P0.1.window_bd` in its two parts: the name is what follows the last dot. */
const partsOf = (key: string): readonly [string, string] => {
  const at = key.lastIndexOf('.');
  return [key.slice(0, at), key.slice(at + 1)];
};

const keysOf = (policy: Policy): readonly string[] =>
  Object.entries(policy.values)
    .flatMap(([code, entry]) =>
      Object.keys(entry).flatMap((name) => (name === 'source' ? [] : [`${code}.${name}`])),
    )
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const shownValue = (value: Amount | undefined): string =>
  Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value);

/** The value as its kind wants it; undefined where what was typed is none. */
function valueOf(typed: string, was: Amount | undefined): Amount | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const whole = (one: string): number | null => (/^\d{1,6}$/.test(one.trim()) ? Number(one.trim()) : null);
  if (typeof was === 'number') return whole(text) ?? undefined;
  if (typeof was === 'boolean') return text === 'true';
  if (!Array.isArray(was)) return text;
  const parts = text.split(',').map((one) => one.trim());
  if (typeof was[0] !== 'number') return parts;
  const numbers = parts.map(whole);
  return numbers.includes(null) ? undefined : (numbers as number[]);
}

/** The same policy with one number changed, under a name of its own. */
function changed(policy: Policy, key: string, value: Amount, source: string, day: string): Policy {
  const [code, name] = partsOf(key);
  const base = policy.id.replace(/-\d{4}-\d{2}-\d{2}$/, '').slice(0, 50);
  return {
    ...policy,
    ...{ id: `${base}-${day}`, effective: day },
    reviewed: { ...policy.reviewed, [code]: day },
    values: { ...policy.values, [code]: { ...policy.values[code], [name]: value, source } },
  };
}

function ValueField({
  was,
  typed,
  onType,
}: {
  readonly was: Amount | undefined;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}) {
  const hint = Array.isArray(was)
    ? 'Several, with commas between them.'
    : typeof was === 'number'
      ? 'A whole number, in the unit that its name ends with: bd are business days, d calendar days.'
      : null;
  return (
    <div className="field">
      <label htmlFor="new-value">New value</label>
      <p className="hint" id="new-value-hint">
        In force: {shownValue(was) || 'nothing'}. {hint}
      </p>
      {typeof was === 'boolean' ? (
        <select id="new-value" value={typed} onChange={(event) => onType(event.target.value)}>
          <option value="">Choose …</option>
          <option value="true">Yes</option>
          <option value="false">No</option>
        </select>
      ) : (
        <input
          id="new-value"
          aria-describedby="new-value-hint"
          inputMode={typeof was === 'number' ? 'numeric' : 'text'}
          value={typed}
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </div>
  );
}

/** One number, its new value, and where that comes from. */
function OneNumber({
  policy,
  day,
  from,
  onPropose,
}: {
  readonly policy: Policy;
  readonly day: string;
  readonly from: string | undefined;
  readonly onPropose: (proposed: Proposed) => void;
}) {
  const [key, setKey] = useState(from ?? '');
  const [typed, setTyped] = useState('');
  const [mark, setMark] = useState<string>('O');
  const [note, setNote] = useState('');
  const [code, name] = partsOf(key);
  const was = policy.values[code]?.[name];
  const value = valueOf(typed, was);
  const ready = key !== '' && value !== undefined && note.trim() !== '' && day !== '';
  return (
    <form
      className="command"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined)
          onPropose({ policy: changed(policy, key, value, `${mark} ${note.trim()}`, day) });
      }}
    >
      <div className="field">
        <label htmlFor="which-number">Which number</label>
        <select
          id="which-number"
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
            setTyped('');
          }}
        >
          <option value="">Choose a number …</option>
          {keysOf(policy).map((one) => (
            <option key={one} value={one}>
              {spaced(one)}
            </option>
          ))}
        </select>
      </div>
      {key === '' ? null : <ValueField was={was} typed={typed} onType={setTyped} />}
      <div className="field">
        <label htmlFor="mark">Where it comes from</label>
        <select id="mark" value={mark} onChange={(event) => setMark(event.target.value)}>
          {marks.map(([one, words]) => (
            <option key={one} value={one}>
              {one}: {words}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="source">In a few words, for whoever asks later</label>
        <input
          id="source"
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          placeholder="for example: leadership meeting of 3 March"
        />
      </div>
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={!ready}>
          See what it changes
        </button>
      </div>
    </form>
  );
}

/** Another profile that comes along, or a whole policy from a file. */
function Whole({
  terms,
  onPropose,
}: {
  readonly terms: Terms;
  readonly onPropose: (proposed: Proposed) => void;
}) {
  const along = useQuery({
    queryKey: ['documents'],
    queryFn: () => ask<Along>('GET', '/documents'),
    staleTime: Infinity,
  });
  const [profile, setProfile] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const take = (file: File | undefined): void => {
    setFault(null);
    void file?.text().then((text) => {
      try {
        onPropose({ policy: JSON.parse(text) as Policy });
      } catch {
        setFault('This file is no JSON. Export the policy again, or mend the place your editor shows.');
      }
    });
  };
  return (
    <details className="twin">
      <summary>Another jurisdiction, or a whole policy from a file</summary>
      <form
        className="command"
        onSubmit={(event) => {
          event.preventDefault();
          onPropose({ policy: terms.policy, profile });
        }}
      >
        <div className="field">
          <label htmlFor="profile">Jurisdiction</label>
          <select id="profile" value={profile} onChange={(event) => setProfile(event.target.value)}>
            <option value="">As it is: {terms.profile.title}</option>
            {(along.data?.profiles ?? [])
              .filter((one) => one.id !== terms.profile.id)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
          </select>
        </div>
        <div className="buttons">
          <button type="submit" className="button" disabled={profile === ''}>
            See what this jurisdiction changes
          </button>
        </div>
        <div className="field">
          <label htmlFor="policy-file">A policy as a JSON file</label>
          <input
            id="policy-file"
            type="file"
            accept=".json,application/json"
            onChange={(event) => take(event.target.files?.[0])}
          />
        </div>
        {fault === null ? null : (
          <p className="note note-problem" role="alert">
            {fault}
          </p>
        )}
      </form>
    </details>
  );
}

const whoms = [
  ['none', 'Only cases that begin from now on'],
  ['ticked', 'Those that I ticked above, too'],
  ['all', 'Every open case of this place, too'],
] as const;

function AppliedNote({ done, site }: { readonly done: Applied; readonly site: Site }) {
  return (
    <div className="note note-ready" role="status">
      <p className="note-title">✓ In force at {site.name}</p>
      <p>
        It holds for every case that begins from now on
        {done.told.length === 0 ? '' : `, and for ${done.told.length} open ones, which adopt it now`}. What
        was sent stays sent. The ledger says who put it in force, and when.
      </p>
      {done.looking ? null : <p>Temporal does not answer at the moment: they adopt it as soon as it does.</p>}
      <ul className="plain-list">
        {done.told.map((id) => (
          <li key={id}>
            <Link to="/cases/$case/$view" params={{ case: id, view: 'history' }}>
              {shortRef(id)}: see how it adopts it
            </Link>
          </li>
        ))}
      </ul>
      <p className="fine">
        Hash of the policy: <code className="hash">{done.after.policy}</code>
      </p>
    </div>
  );
}

/** What it would do, for whom it is to hold, and putting it in force. */
function Proposal({ site, proposed }: { readonly site: Site; readonly proposed: Proposed }) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [whom, setWhom] = useState<(typeof whoms)[number][0]>('none');
  const [decisionId] = useState(() => newId('dec_'));
  const [done, setDone] = useState<Applied | null>(null);
  const at = `/sites/${site.site}/policy`;
  const differs = useQuery({
    queryKey: ['policy-diff', site.site, proposed],
    queryFn: () => ask<Compared>('POST', `${at}/diff`, proposed),
    retry: false,
    gcTime: 0,
    // Once it is in force nothing differs any more: what was decided upon stays to be read.
    enabled: done === null,
  });
  const { act, stepUp, fault } = useAct(() => ask<Rehearsed>('POST', `${at}/rehearsal`, proposed));
  const [begun, setBegun] = useState(false);
  const send = (): Promise<Applied> =>
    ask<Applied>('PUT', at, { ...proposed, decisionId, cases: whom === 'ticked' ? ticked : whom }).then(
      (put) => {
        setDone(put);
        return put;
      },
    );
  if (differs.isPending) return <Loading />;
  if (differs.isError) return <ProblemNote error={differs.error} />;
  const some = differs.data.differences.length > 0;
  return (
    <>
      <Differences found={differs.data} />
      {!some || begun ? null : (
        <p className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              setBegun(true);
              act.mutate();
            }}
          >
            Try it on every open case
          </button>
        </p>
      )}
      {begun && act.isPending ? <Loading /> : null}
      {fault}
      {stepUp}
      {begun && act.isError && stepUp === null ? (
        <p className="buttons">
          <button type="button" className="button" onClick={() => act.mutate()}>
            Try it again
          </button>
        </p>
      ) : null}
      {act.data === undefined ? null : (
        <>
          <RehearsalList found={act.data} ticked={ticked} onTick={setTicked} />
          {done === null ? (
            <InForce whom={whom} ticked={ticked} onWhom={setWhom} site={site} send={send} />
          ) : (
            <AppliedNote done={done} site={site} />
          )}
        </>
      )}
    </>
  );
}

function InForce({
  whom,
  ticked,
  site,
  onWhom,
  send,
}: {
  readonly whom: (typeof whoms)[number][0];
  readonly ticked: readonly string[];
  readonly site: Site;
  readonly onWhom: (whom: (typeof whoms)[number][0]) => void;
  readonly send: () => Promise<unknown>;
}) {
  const told: ReactNode =
    whom === 'none'
      ? 'No open case is touched.'
      : whom === 'all'
        ? 'Every open case of this place computes its dates anew.'
        : `${ticked.length} open ${ticked.length === 1 ? 'case computes its' : 'cases compute their'} dates anew.`;
  return (
    <Section title="Put it in force" says="A hire keeps the version it began under, unless you move it here.">
      <div className="panel">
        <fieldset className="choices">
          <legend>For whom</legend>
          {whoms.map(([one, words]) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="whom"
                checked={whom === one}
                disabled={one === 'ticked' && ticked.length === 0}
                onChange={() => onWhom(one)}
              />
              {words}
            </label>
          ))}
        </fieldset>
        <p className="buttons">
          <ActButton
            words="Put it in force"
            main
            asks={
              <p>
                From now on it holds at {site.name} for every case that begins. {told} What was sent stays
                sent. Taking it back is a change of its own.
              </p>
            }
            yes="Yes, from now on"
            send={send}
          />
        </p>
      </div>
    </Section>
  );
}

/** A new policy for a place: one number at a time, tried before it holds. */
export function NewPolicy({ site, from }: { readonly site: Site; readonly from: string | undefined }) {
  const terms = useQuery({
    queryKey: ['terms-whole', site.site],
    queryFn: () => ask<Terms>('GET', `/sites/${site.site}/terms`),
  });
  const clock = useQuery(clockQuery);
  const [proposed, setProposed] = useState<{ readonly n: number; readonly is: Proposed } | null>(null);
  const propose = (is: Proposed): void => setProposed({ n: (proposed?.n ?? 0) + 1, is });
  if (terms.isPending || clock.isPending) return <Loading />;
  if (terms.isError) return <ProblemNote error={terms.error} />;
  const day = civilText(clock.data?.now ?? Date.now(), site.zone);
  return (
    <>
      <Section title="What should change" says="Nothing changes before you have seen what it would do.">
        <OneNumber policy={terms.data.policy} day={day} from={from} onPropose={propose} />
        <Whole terms={terms.data} onPropose={propose} />
      </Section>
      {proposed === null ? null : <Proposal key={proposed.n} site={site} proposed={proposed.is} />}
    </>
  );
}
