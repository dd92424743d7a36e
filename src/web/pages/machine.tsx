import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { z } from 'zod';
import type { examined, mailTested, signedHeads } from '../../contracts/api/machine.ts';
import { ask } from '../app/api.ts';
import { browserZone, timeText, titled } from '../app/words.ts';
import { useAct } from '../parts/act.tsx';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { Fact } from '../parts/waiting.tsx';
import { LedgerProof } from './ledger-proof.tsx';

type Examined = z.output<typeof examined>;
type Heads = z.output<typeof signedHeads>;
type Tested = z.output<typeof mailTested>;

const machineQuery = {
  queryKey: ['machine'],
  queryFn: () => ask<Examined>('GET', '/machine'),
  retry: false,
  staleTime: 30_000,
} as const;

const isWords = { good: '✓ in order', note: '• to know', bad: '✕ wrong' } as const;
/** What is wrong stands first. */
const order = { bad: 0, note: 1, good: 2 } as const;

function Findings({ found }: { readonly found: Examined }) {
  const list = found.findings.toSorted((a, b) => order[a.is] - order[b.is]);
  return (
    <>
      <p className={found.wrong === 0 ? 'note note-ready' : 'note note-problem'} role="status">
        {found.wrong === 0
          ? '✓ Nothing is wrong.'
          : `✕ ${found.wrong === 1 ? 'One thing is' : `${found.wrong} things are`} wrong; what to do stands beside it.`}
      </p>
      <Table
        caption="What was looked at"
        rows={list}
        keyOf={(one) => `${one.check} ${one.says}`}
        columns={[
          { name: 'Part', cell: (one) => titled(one.check) },
          { name: 'Is', cell: (one) => isWords[one.is] },
          { name: 'In words', cell: (one) => one.says },
        ]}
      />
      <details className="twin">
        <summary>
          What these parts promise, and what not <span className="count">{found.promises.length}</span>
        </summary>
        <ul className="plain-list">
          {found.promises.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Health() {
  const found = useQuery(machineQuery);
  return (
    <Section
      title="Health"
      says="Everything this installation stands on, looked at just now: folder, key, database, ledger, Temporal, worker."
    >
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ProblemNote error={found.error} again={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : <Findings found={found.data} />}
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={found.isFetching}
          onClick={() => void found.refetch()}
        >
          {found.isFetching ? 'Looking …' : 'Look again'}
        </button>
      </p>
    </Section>
  );
}

function TestedNote({ found }: { readonly found: Tested }) {
  if (found.is === 'sent')
    return (
      <p className="note note-ready" role="status">
        ✓ The mail server took it.{' '}
        {found.caught
          ? 'Mails are only caught on this machine here; nothing leaves it.'
          : 'Look into the mailbox; it may take a minute.'}
      </p>
    );
  return (
    <div className="note note-problem" role="status">
      <p className="note-title">
        {found.is === 'refused' ? '✕ The mail server did not take it' : '✕ Nobody knows whether it arrived'}
      </p>
      <p>
        Code: <code>{found.why}</code>. Look at <code>PEER_HIRE_SMTP</code> and{' '}
        <code>PEER_HIRE_MAIL_FROM</code>, start again, and try once more.
      </p>
    </div>
  );
}

/** Sends a message for trying out. */
export function MailTest({ onSent }: { readonly onSent?: () => Promise<unknown> }) {
  const [address, setAddress] = useState('');
  const { act, stepUp, fault } = useAct(async () => {
    const to = address.trim();
    const done = await ask<Tested>('POST', '/mail/test', to === '' ? {} : { address: to });
    if (done.is === 'sent') await onSent?.();
    return done;
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form className="command" onSubmit={submit}>
      <div className="field">
        <label htmlFor="try-mail">
          Address<span className="fine"> (optional; your own where the directory has it)</span>
        </label>
        <input
          id="try-mail"
          type="email"
          autoComplete="email"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      {fault}
      {act.data === undefined ? null : <TestedNote found={act.data} />}
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={act.isPending}>
          {act.isPending ? 'Sending …' : 'Send a test mail'}
        </button>
      </div>
      {stepUp}
    </form>
  );
}

type Kept = Examined['backup'];

/** When a copy was made and tried last; the words beside it say what to do. */
function LastCopies({ last, drill }: Pick<Kept, 'last' | 'drill'>) {
  return (
    <>
      <Fact name="The last copy">
        {last === null ? (
          <>
            none was made with this program yet: <code>peer-hire backup --to FOLDER</code>, every night
          </>
        ) : (
          `${timeText(last.at, browserZone)}, up to entry ${last.position}`
        )}
      </Fact>
      <Fact name="Tried last">
        {drill === null ? (
          <>
            never: <code>peer-hire restore FOLDER --check</code>, every month; it leaves nothing behind
          </>
        ) : (
          `${timeText(drill.at, browserZone)}: ${drill.ok ? '✓ it held' : '✕ it did not hold; make a new copy and try that one'}`
        )}
      </Fact>
    </>
  );
}

/** What has to be copied elsewhere, so that a lost machine is no lost history. */
export function Copies() {
  const found = useQuery(machineQuery);
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { folder, databaseOurs, place, last, drill } = found.data.backup;
  return (
    <dl className="facts">
      <LastCopies last={last} drill={drill} />
      <Fact name="The database">
        {databaseOurs ? (
          <>
            lies in <code>{folder}/postgres</code>
          </>
        ) : (
          'is the one you run'
        )}
        : <code>peer-hire backup</code> copies it while everybody goes on; the key is in no copy
      </Fact>
      <Fact name="The master key">
        <code>{folder}/master.key</code>: to another place than the database. Without it nobody’s name or text
        can be read, with both everything can.
      </Fact>
      <Fact name="Signed heads">
        {place === null ? (
          <>
            lie in <code>{folder}/anchors</code>. Name a second place with <code>PEER_HIRE_BACKUP</code>, at
            best where this machine can only add.
          </>
        ) : (
          <>
            go to <code>{place}</code> as well
          </>
        )}
      </Fact>
      <Fact name="What was erased">
        is listed in <code>{folder}/erased.jsonl</code>
        {place === null ? '' : ' and at the second place'}: by refs, no names. Keep it apart from the copies;
        a restore erases again what it names.
      </Fact>
      <Fact name="After a restore">
        <code>peer-hire restore FOLDER</code> into an empty house, then <code>peer-hire recover db</code>,
        then <code>peer-hire ledger verify --anchors</code>: it names the gap and proves the rest.
      </Fact>
    </dl>
  );
}

interface Signed {
  readonly copied: boolean | null;
}

export function SignHead() {
  const { act, stepUp, fault } = useAct(() => ask<Signed>('POST', '/anchors'));
  return (
    <>
      {fault}
      <div role="status">
        {act.data === undefined ? null : (
          <p className={act.data.copied === false ? 'note note-missing' : 'note note-ready'}>
            {act.data.copied === false
              ? 'Signed. The second place could not be written to: see that the folder is there and this program may write in it.'
              : act.data.copied === true
                ? '✓ Signed, and copied to the second place.'
                : '✓ Signed.'}
          </p>
        )}
      </div>
      <p className="buttons">
        <button type="button" className="button" disabled={act.isPending} onClick={() => act.mutate()}>
          Sign the head of the ledger now
        </button>
      </p>
      {stepUp}
    </>
  );
}

function SignedHeads({ signs }: { readonly signs: boolean }) {
  const found = useQuery({
    queryKey: ['anchors'],
    queryFn: () => ask<Heads>('GET', '/anchors'),
    retry: false,
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { list, key, checked } = found.data;
  return (
    <>
      {checked === null ? null : (
        <p className={checked.ok ? 'note note-ready' : 'note note-problem'}>
          {checked.ok ? '✓ The ledger held' : '✕ The ledger did not hold'} against {checked.heads} signed
          heads on {timeText(checked.at, browserZone)}.
        </p>
      )}
      {list.length === 0 ? (
        <Empty title="No signed head yet">
          Every night one is signed and kept; a history that somebody rewrites or cuts no longer fits to it.
        </Empty>
      ) : (
        <Table
          caption="Signed heads, the latest first"
          rows={list}
          keyOf={(one) => `${one.position} ${one.at}`}
          columns={[
            { name: 'Signed', cell: (one) => timeText(one.at, browserZone) },
            { name: 'Up to entry', cell: (one) => one.position, number: true },
            { name: 'Hash', cell: (one) => <code className="hash">{one.hash}</code> },
          ]}
        />
      )}
      {key === null ? null : (
        <details className="twin">
          <summary>The public key they are held against</summary>
          <pre className="typed">{key}</pre>
        </details>
      )}
      {signs ? <SignHead /> : null}
    </>
  );
}

/** How the machine runs: for whoever looks after it. */
export function Machine() {
  return (
    <Page
      title="How it runs"
      lead="The machine, not the people: health, mail, copies, and the proof that nothing was rewritten."
      aside={
        <p className="buttons">
          <Link to="/setup" className="button">
            Set-up
          </Link>
          <Link to="/programs" className="button">
            Programs that are told
          </Link>
        </p>
      }
    >
      <Health />
      <Section
        title="Mail"
        says="Sent as every other message is. It says that it is for trying out, and nothing else."
      >
        <MailTest />
      </Section>
      <Section title="Copies" says="What has to lie somewhere else as well, and what brings it back.">
        <Copies />
      </Section>
      <Section
        title="Signed heads"
        says="A signature over the last entry. Kept elsewhere, it shows a cut or rewritten history, also to somebody outside."
      >
        <SignedHeads signs />
      </Section>
      <LedgerProof />
    </Page>
  );
}
