import { Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { DataConverter, Payload } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { foreseen } from '../../src/client/decide-texts.ts';
import { decide, decideNow } from '../../src/client/decide.ts';
import { delegate } from '../../src/client/organization.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { dataConverterFor } from '../../src/directory/codec.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { actsOn, chain, fingerprint, opened, people } from '../faults/acts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

const id = caseOf('readiness', 'bad-input');
const act = actsOn(id, 'bad');
let here: Stage;
let before: string;
const champion = (who: string | null) => act('executive', 'name_champion', { person: who && person(who) });

beforeAll(async () => {
  here = await stage({ seed: 'bad-input', clock: '2025-01-06', people });
  expect(await decide(here.house, act('director', 'open', opened))).toMatchObject({ is: 'done' });
  const { pool, org } = here.house;
  await delegate(
    { pool, org, keys: here.house.keys },
    { absent: person('executive'), standIn: person('theo'), until: null },
    { decisionId: 'bad-delegation', actor: 'installation' },
  );
  const conductor = await here.conductor();
  await conductor.drain();
  await conductor.release();
}, 120_000);
afterAll(async () => here?.stop(), 60_000);
beforeEach(async () => {
  before = await fingerprint(here.house.pool, here.house.org);
});

const unchanged = async (): Promise<void> =>
  expect(await fingerprint(here.house.pool, here.house.org)).toBe(before);
const refusal = (code: string) => ({ is: 'refused', refusal: { code } });

/** Both ways in: through the façade, and straight to the workflow, which must not lean on it. */
async function refusedBothWays(envelope: unknown, code: string | readonly string[]): Promise<void> {
  const codes = Array.isArray(code) ? code : [code];
  for (const ask of [decide, decideNow]) {
    const answer = await ask(here.house, envelope as Envelope, 8_000);
    expect(answer).toMatchObject({ is: 'refused' });
    if (answer.is === 'refused') expect(codes).toContain(answer.refusal.code);
  }
  await unchanged();
}

/** An update as anyone who reaches the server and holds the key may send it: no façade, no dry run. */
async function update(client: Client, arg: unknown, waitMs = 8_000): Promise<unknown> {
  const deadline = Date.now() + waitMs;
  return client.withDeadline(deadline, () =>
    client.workflow.getHandle(id).executeUpdate('decide', { args: [arg] }),
  );
}

async function updateRefused(client: Client, arg: unknown, code: string): Promise<void> {
  const error = await update(client, arg).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).not.toBeNull();
  if (client === here.house.client) {
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    const { cause } = error as WorkflowUpdateFailedError;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect((cause as ApplicationFailure).type).toBe('CommandRefused');
    expect((cause as ApplicationFailure).details?.[0]).toEqual({ code });
  } else {
    // The answer is sealed, so a stranger cannot even read the no; what counts is that it is one, and no deadline.
    expect((error as Error).name).not.toContain('Timeout');
  }
  await unchanged();
}

async function caseAnswers(): Promise<void> {
  expect(await decide(here.house, champion('theo'))).toMatchObject({ is: 'done' });
  expect((await chain(here.house.pool, here.house.org)).wrong).toBe(0);
}

const withoutCodec = (): Client => {
  const { client } = here.house;
  return new Client({ connection: client.connection, namespace: client.options.namespace });
};
const withConverter = (dataConverter: DataConverter): Client => {
  const { client } = here.house;
  return new Client({ connection: client.connection, namespace: client.options.namespace, dataConverter });
};
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

describe('commands that cannot be', () => {
  it('refuses malformed envelopes', async () => {
    const good = champion('theo');
    const bad: unknown[] = [
      null,
      'decide',
      [good],
      {},
      { ...good, v: 2 },
      { ...good, decisionId: 'x' },
      { ...good, decisionId: 'a b c d' },
      { ...good, decisionId: 7 },
      { ...good, actor: 'somebody' },
      { ...good, actor: `${person('dana')}\u0000` },
      { ...good, how: 'policy' },
      { ...good, how: 'notice' },
      { ...good, extra: 1 },
      { ...good, type: '__proto__' },
      { ...good, type: 'Name Champion' },
      { ...good, payload: null },
      { ...good, payload: [] },
      { ...good, payload: 'theo' },
      { ...good, payload: { person: 'theo' } },
      { ...good, payload: {} },
      { ...good, payload: { person: null, more: true } },
      { ...good, about: { subject: '', version: 1 } },
      { ...good, acknowledge: ['everything'] },
      { ...good, case: `readiness-${'A'.repeat(26)}` },
      { ...good, case: 'readiness-1' },
    ];
    for (const envelope of bad) {
      await expect(decide(here.house, envelope as Envelope), JSON.stringify(envelope)).resolves.toMatchObject(
        refusal('malformed'),
      );
    }
    await unchanged();
    for (const envelope of bad.slice(5, 22)) {
      const answer = await decideNow(here.house, envelope as Envelope, 8_000);
      expect(answer, JSON.stringify(envelope)).toMatchObject(refusal('malformed'));
    }
    await unchanged();
    await caseAnswers();
  });

  it('names the fields at fault and quotes nothing', async () => {
    const answer = await decide(here.house, act('executive', 'name_champion', { person: 'Jo Public' }));
    expect(answer).toMatchObject({ refusal: { missing: [{ about: 'person' }] } });
    expect(JSON.stringify(answer)).not.toContain('Public');
  });

  it('refuses unknown commands, kinds and cases', async () => {
    await refusedBothWays(act('executive', 'dance', {}), 'unknown_command');
    await refusedBothWays(act('executive', 'constructor', {}), 'unknown_command');
    await refusedBothWays(act('executive', 'has_own_property', {}), 'unknown_command');
    for (const caseId of [`picnic-${id.slice(-26)}`, 'picnic', '', `__proto__-${id.slice(-26)}`])
      await refusedBothWays({ ...champion('theo'), case: caseId }, ['malformed', 'unknown_case']);
    const absent = caseOf('readiness', 'never-opened');
    await refusedBothWays({ ...champion('theo'), case: absent }, 'unknown_case');
    const nowhere = { ...opened, site: `site_${'z'.repeat(26)}` };
    await refusedBothWays({ ...act('director', 'open', nowhere), case: absent }, 'unknown_reference');
    await caseAnswers();
  });

  it('refuses somebody whom the directory does not know, and says whom', async () => {
    const nobody = person('in no directory');
    const answer = await decide(here.house, champion('in no directory'));
    expect(answer).toMatchObject({
      is: 'refused',
      refusal: { code: 'unknown_reference', missing: [{ code: 'person_known', about: nobody }] },
    });
    const texts = { envelope: champion('in no directory'), texts: [], found: [], blocked: [], warned: [] };
    expect(await foreseen(here.house, texts)).toMatchObject(refusal('unknown_reference'));
    await unchanged();
    // Whether somebody may at all is answered first: a refusal tells nobody who is in the directory.
    const theirs = act('dana', 'name_champion', { person: nobody });
    expect(await decide(here.house, theirs)).toMatchObject(refusal('not_permitted'));
  });

  it('refuses who may not, and lets a stand-in act only with a delegation', async () => {
    await refusedBothWays(act('dana', 'name_champion', { person: null }), 'not_permitted');
    await refusedBothWays(act('nobody-known', 'name_champion', { person: null }), 'not_permitted');
    const forged = { ...act('dana', 'name_champion', { person: null }), onBehalfOf: person('executive') };
    await refusedBothWays(forged, 'not_permitted');
    const self = { ...act('dana', 'name_champion', { person: null }), onBehalfOf: person('dana') };
    await refusedBothWays(self, 'not_permitted');
    const standIn = { ...act('theo', 'name_champion', { person: null }), onBehalfOf: person('executive') };
    expect(await decide(here.house, standIn)).toMatchObject({ is: 'done' });
    const { rows } = await here.house.pool.query(
      'select actor, on_behalf_of, capacity from ledger where decision_id = $1',
      [standIn.decisionId],
    );
    expect(rows).toEqual([
      { actor: person('theo'), on_behalf_of: person('executive'), capacity: 'executive' },
    ]);
  });
});

describe('the same decision id again', () => {
  it('answers a repeat with the first receipt, at any age, also after the case moved on', async () => {
    const first = champion('dana');
    const receipt = await decide(here.house, first);
    expect(receipt).toMatchObject({ is: 'done' });
    for (let n = 0; n < 3; n += 1) await decide(here.house, champion(n % 2 === 0 ? 'theo' : null));
    before = await fingerprint(here.house.pool, here.house.org);
    expect(await decide(here.house, first)).toEqual(receipt);
    expect(await decideNow(here.house, first)).toEqual(receipt);
    const conductor = await here.conductor();
    await conductor.advanceTo((await conductor.now()) + 3 * 3_600_000);
    await conductor.release();
    before = await fingerprint(here.house.pool, here.house.org);
    expect(await decideNow(here.house, first)).toEqual(receipt);
    await unchanged();
  });

  it('refuses other content, another actor or another case under a used id, to that caller only', async () => {
    const first = champion('dana');
    const receipt = await decide(here.house, first);
    before = await fingerprint(here.house.pool, here.house.org);
    await refusedBothWays({ ...first, payload: { person: person('theo') } }, 'decision_id_reused');
    await refusedBothWays({ ...first, actor: person('theo') }, 'decision_id_reused');
    await refusedBothWays({ ...first, type: 'take_stance' }, ['decision_id_reused', 'malformed']);
    const other = { ...act('director', 'open', opened), decisionId: first.decisionId };
    await refusedBothWays({ ...other, case: caseOf('readiness', 'other') }, 'decision_id_reused');
    expect(await decideNow(here.house, first)).toEqual(receipt);
  });

  it('does not hand one caller the receipt of another who used the same id at the same moment', async () => {
    const one = champion('dana');
    const two = { ...one, payload: { person: person('theo') } };
    const answers = await Promise.all([decideNow(here.house, one), decideNow(here.house, two)]);
    expect(answers.map((answer) => answer.is).toSorted()).toEqual(['done', 'refused']);
    expect(answers.find((answer) => answer.is === 'refused')).toMatchObject(refusal('decision_id_reused'));
  });

  it('judges a refused command anew when it is asked again under its id', async () => {
    const early = act('dana', 'confirm_verdicts', { policies: ['leave'] });
    expect(await decideNow(here.house, early)).toMatchObject({ is: 'refused' });
    const verdict = { policy: 'leave', verdict: 'fits', scope: 'all_staff' };
    const proposal = act('carol', 'propose_verdicts', { verdicts: [verdict] });
    expect(await decide(here.house, proposal)).toMatchObject({ is: 'done' });
    expect(await decideNow(here.house, early)).toMatchObject({ is: 'done' });
  });
});

describe('poisoned values', () => {
  it('refuses oversized commands at the façade and at the validator', async () => {
    const big = act('executive', 'name_champion', { person: 'x'.repeat(70_000) });
    await refusedBothWays(big, 'oversized');
    await updateRefused(here.house.client, big, 'oversized');
    await refusedBothWays(act('executive', 'name_champion', { person: 'x'.repeat(10_000_000) }), 'oversized');
    const far = act('executive', 'name_champion', { person: 'x'.repeat(10_000_000) });
    await expect(update(here.house.client, far, 1_500)).rejects.toThrow();
    await unchanged();
    await caseAnswers();
  });

  it('refuses deep nesting without falling over', async () => {
    for (const depth of [100, 5_000, 30_000]) {
      const deep = act('executive', 'name_champion', { person: nested(depth) });
      for (const ask of [decide, decideNow])
        expect(await ask(here.house, deep, 8_000)).toMatchObject(refusal('malformed'));
    }
    const deep = act('executive', 'name_champion', { person: nested(3_000) });
    await updateRefused(here.house.client, deep, 'malformed');
    await caseAnswers();
  });

  it('refuses prototype keys, lone surrogates and null characters', async () => {
    const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    for (const key of keys) {
      const payload = JSON.parse(`{"person": null, "${key}": {"isRefusal": true}}`) as Record<
        string,
        unknown
      >;
      await refusedBothWays(act('executive', 'name_champion', payload), 'malformed');
    }
    const polluted = JSON.parse(
      JSON.stringify(champion('theo')).replace('{', '{"__proto__": {"actor": "x"},'),
    ) as Envelope;
    await refusedBothWays(polluted, 'malformed');
    for (const word of ['\ud800', '\udfff\ud800', 'a\u0000b', '\uffff']) {
      await refusedBothWays(act('executive', 'name_champion', { person: word }), 'malformed');
      await refusedBothWays(act('director', 'open', { ...opened, site: word }), [
        'malformed',
        'already_open',
      ]);
      await refusedBothWays(
        { ...act('director', 'open', { ...opened, site: `${site}${word}` }) },
        'malformed',
      );
      await refusedBothWays({ ...champion('theo'), decisionId: `abcd${word}` }, 'malformed');
    }
    await caseAnswers();
    expect(({} as Record<string, unknown>)['isRefusal']).toBeUndefined();
  });
});

describe('messages that never came through the façade', () => {
  it('marks and refuses clear, foreign and garbled commands; the case lives on', async () => {
    await updateRefused(withoutCodec(), champion('theo'), 'untrusted');
    const foreign = withConverter(dataConverterFor(keyRing(Buffer.alloc(32, 9)), here.house.org));
    await updateRefused(foreign, champion('theo'), 'untrusted');
    const elsewhere = withConverter(dataConverterFor(here.house.keys, `org_${'z'.repeat(26)}`));
    await updateRefused(elsewhere, champion('theo'), 'untrusted');
    const garbling = withConverter(garbled(dataConverterFor(here.house.keys, here.house.org)));
    await updateRefused(garbling, champion('theo'), 'untrusted');
    await caseAnswers();
  });

  it('refuses sealed values that are no command', async () => {
    for (const value of [null, 'x', 7, [], [[]], { untrusted: 'clear' }, { v: 1 }, { payload: {} }])
      await updateRefused(
        here.house.client,
        value,
        typeof value === 'object' && value !== null && 'untrusted' in value ? 'untrusted' : 'malformed',
      );
    await caseAnswers();
  });

  it('lives through clear signals, unknown names and unknown queries', async () => {
    const raw = withoutCodec().workflow.getHandle(id);
    await raw.signal('nudge', { clear: true });
    await raw.signal('nudge', '\ud800');
    await raw.signal('no_such_signal', 'x');
    await expect(raw.executeUpdate('no_such_update', { args: ['x'] })).rejects.toThrow();
    await expect(raw.query('no_such_query')).rejects.toThrow();
    await unchanged();
    await caseAnswers();
  });

  it('blocks only the id that a stranger started with clear input, and shows it', async () => {
    const strange = caseOf('readiness', 'strange');
    await withoutCodec().workflow.start('readiness', {
      workflowId: strange,
      taskQueue: here.house.queue,
      args: [{ org: here.house.org, case: id, sequence: 0, wake: null, look: true, quiet: 1 }],
    });
    const { events } = await blocked(strange);
    expect(events).toBeGreaterThan(0);
    await unchanged();
    const answer = await decideNow(here.house, { ...act('director', 'open', opened), case: strange }, 2_500);
    expect(answer).toMatchObject({ is: 'not_confirmed' });
    await caseAnswers();
    await withoutCodec().workflow.getHandle(strange).terminate('stranger');
    const mine = await decide(here.house, { ...act('director', 'open', opened), case: strange });
    expect(mine).toMatchObject({ is: 'done' });
  });
});

/** Waits until a run shows failed workflow tasks in its history. */
async function blocked(workflowId: string): Promise<{ events: number }> {
  for (let tries = 0; tries < 200; tries += 1) {
    const history = await here.house.client.workflow.getHandle(workflowId).fetchHistory();
    const failed = (history.events ?? []).filter((event) => event.workflowTaskFailedEventAttributes != null);
    if (failed.length > 0) return { events: failed.length };
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return { events: 0 };
}

/** Flips a bit in what a codec sealed. */
function garbled(converter: DataConverter): DataConverter {
  const [codec] = converter.payloadCodecs ?? [];
  if (codec === undefined) throw new Error('no codec to garble');
  const spoil = (payload: Payload): Payload => {
    const data = Buffer.from(payload.data ?? []);
    data[data.length - 1] = (data[data.length - 1] ?? 0) ^ 1;
    return { ...payload, data };
  };
  return {
    ...converter,
    payloadCodecs: [{ ...codec, encode: async (list) => (await codec.encode(list)).map(spoil) }],
  };
}
