import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { webhook } from '../../contracts/api/changes.ts';
import { ask } from '../app/api.ts';
import { browserZone, timeText } from '../app/words.ts';
import { webhookAt } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { ActButton } from '../parts/act.tsx';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote, problemOf } from '../parts/problem.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { Table } from '../parts/table.tsx';
import { useGuarded } from '../parts/guarded.tsx';

type Webhook = z.output<typeof webhook>;
interface Listed {
  readonly list: readonly Webhook[];
  readonly hosts: readonly string[];
}

function stateOf(one: Webhook): string {
  if (one.disabled)
    return one.failures === 0
      ? '✕ paused, since a copy was put back: go on telling it, or take it away'
      : '✕ given up: tell it again from an entry';
  if (one.failures > 0) return `• not taken ${one.failures} times (${one.lastStatus ?? 'no answer'})`;
  return '✓ told';
}

function There({ found }: { readonly found: Listed }) {
  if (found.list.length === 0)
    return (
      <Empty title="No program is told">
        A program that is told hears in which case something moved, and when – not what. It asks for the rest
        with a token of its own.
      </Empty>
    );
  return (
    <Table
      caption="Programs that are told"
      rows={found.list}
      keyOf={(one) => one.id}
      columns={[
        { name: 'Address', cell: (one) => <code>{one.url}</code> },
        { name: 'How it goes', cell: (one) => stateOf(one) },
        { name: 'Told up to entry', cell: (one) => one.position, number: true },
        { name: 'Since', cell: (one) => timeText(one.createdAt, browserZone) },
        {
          name: 'Change',
          cell: (one) => (
            <span className="buttons">
              {one.disabled ? (
                <ActButton
                  words="Go on telling it"
                  about={one.url}
                  asks={<p>It is told of every entry after {one.position}, in their order.</p>}
                  send={() => ask('POST', `/webhooks/${one.id}/replay`, { after: one.position })}
                />
              ) : null}
              <ActButton
                words="Tell all again"
                about={one.url}
                asks={
                  <p>
                    It is told of every entry from the first on, in their order. It may know them already.
                  </p>
                }
                send={() => ask('POST', `/webhooks/${one.id}/replay`, { after: 0 })}
              />
              <ActButton
                words="Stop telling it"
                about={one.url}
                asks={<p>It hears nothing more, and its secret signs nothing more.</p>}
                send={() => ask('DELETE', `/webhooks/${one.id}`)}
              />
            </span>
          ),
        },
      ]}
    />
  );
}

function Add({ hosts }: { readonly hosts: readonly string[] }) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Section
      title="Tell a program"
      says={
        hosts.length === 0
          ? 'No host is on the list of this installation yet: whoever starts it names them in PEER_HIRE_WEBHOOK_HOSTS.'
          : `Only at these hosts: ${hosts.join(', ')}. The list is PEER_HIRE_WEBHOOK_HOSTS, kept by whoever starts the installation.`
      }
    >
      {secret === null ? null : (
        <ShownOnce name="The secret of this program" value={secret} onClose={() => setSecret(null)}>
          It checks the signature of each message with it (HMAC-SHA256 over id, time and body).
        </ShownOnce>
      )}
      <PlainForm
        shape={webhookAt}
        words="Tell it from now on"
        done="It is told from now on."
        send={async (given) => {
          const made = await ask<{ readonly secret: string }>('POST', '/webhooks', given);
          setSecret(made.secret);
        }}
      />
    </Section>
  );
}

/** Programs that are told when something moved. */
export function Programs() {
  const found = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => ask<Listed>('GET', '/webhooks'),
    retry: false,
  });
  const guarded = useGuarded(found);
  return (
    <Page
      title="Programs that are told"
      lead="When something moves, a program of yours hears of it: signed, in order, again until it took it."
    >
      {found.isPending ? <Loading /> : null}
      {guarded}
      {found.isError && problemOf(found.error).code !== 'step_up' ? (
        <ProblemNote error={found.error} />
      ) : null}
      {found.data === undefined ? null : (
        <>
          <Section title="Who is told">
            <There found={found.data} />
          </Section>
          <Add hosts={found.data.hosts} />
        </>
      )}
    </Page>
  );
}
