import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { Guest } from '../../src/api/guest.ts';
import type { Route } from '../../src/api/route.ts';
import { routes } from '../../src/api/routes/index.ts';
import {
  actions,
  may,
  mayBind,
  mayHandOn,
  stepUpCommands,
  stepsUp,
} from '../../src/domain/kernel/actions.ts';
import type { Action, May, Visitor } from '../../src/domain/kernel/actions.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { ORIGIN, bareApp } from './api-app.ts';

/**
 * Who may ask what, written by hand: `everyone`, `person`, or capacities; then `own` where everybody may about
 * themselves, and `again` where a browser session shows again who is there.
 */
const written = JSON.parse(readFileSync(new URL('api-may.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

const nameOf = (one: Route): string => `${one.method} ${one.path}`;
const SELF = 'prs_00000000000000000000000001';
const OTHER = 'prs_00000000000000000000000002';

interface Rule {
  readonly who: 'everyone' | 'person' | readonly string[];
  readonly own: boolean;
  readonly again: boolean;
}

function ruleOf(text: string): Rule {
  const words = text.split(' ');
  const who = words.filter((word) => word !== 'own' && word !== 'again');
  const [first] = who;
  return {
    who: first === 'everyone' || first === 'person' ? first : who,
    own: words.includes('own'),
    again: words.includes('again'),
  };
}

type Expected = 'allow' | Extract<May, { is: 'deny' }>['why'];

function expected(rule: Rule, visitor: Visitor, action: Action, own: boolean): Expected {
  const { who } = rule;
  if (who === 'everyone') return 'allow';
  if (visitor.person === null) return 'sign_in';
  if (visitor.scopes !== null && !visitor.scopes.includes(action)) return 'scope';
  const held = who === 'person' || visitor.capacities.some((one) => who.includes(one));
  if (!held && !(own && rule.own)) return 'needs_capacity';
  return rule.again && visitor.how === 'session' ? 'step_up' : 'allow';
}

const known = (
  how: Visitor['how'],
  held: readonly Capacity[],
  scopes: readonly Action[] | null,
): Visitor => ({
  ...{ person: SELF, how, capacities: held, scopes },
});

/** Everybody who could stand before a route: with no capacity and with each; by session, stepped up, by token. */
function visitors(action: Action): readonly Visitor[] {
  const others = actions.filter((one) => one !== action);
  const each = [[], ...capacities.map((one) => [one])].flatMap((held) => [
    known('session', held, null),
    known('session_stepped_up', held, null),
    known('token', held, [action]),
    known('token', held, others),
  ]);
  return [{ person: null, how: 'session', capacities: [], scopes: null }, ...each];
}

/** Whom a request is about, as the route itself reads it out of what was sent. */
function aboutOf(one: Route, visitor: Visitor, person: string): string | undefined {
  const guest: Guest = { ...visitor, session: null };
  return one.about?.({
    ...{ params: { person }, query: { about: person }, body: { person }, guest },
  });
}

describe('who may ask what', () => {
  it('is written for every route, and for none that is not there', () => {
    expect(Object.keys(written).toSorted()).toEqual(routes.map(nameOf).toSorted());
  });

  it.each(routes.map((one) => [nameOf(one), one] as const))('%s', (name, one) => {
    const rule = ruleOf(written[name] ?? 'nobody');
    for (const visitor of visitors(one.action))
      for (const person of [SELF, OTHER]) {
        const about = aboutOf(one, visitor, person);
        const answer = may(visitor, one.action, about);
        const came = answer.is === 'allow' ? 'allow' : answer.why;
        const own = about !== undefined && about === visitor.person;
        const of = `${visitor.how} ${visitor.capacities.join()} ${visitor.scopes?.length ?? ''} ${person === SELF}`;
        expect(came, of).toBe(expected(rule, visitor, one.action, own));
      }
  });

  it('names every capacity it asks for as one there is', () => {
    const all = Object.values(written).flatMap((text) => {
      const { who } = ruleOf(text);
      return typeof who === 'string' ? [] : who;
    });
    for (const one of all) expect(capacities).toContain(one);
  });

  it('gives an administrator and an auditor no route that changes what is decided about people', () => {
    const changing = routes.filter((one) => one.method !== 'GET');
    const open = (held: Capacity): readonly string[] =>
      changing
        .filter((one) => {
          const rule = ruleOf(written[nameOf(one)] ?? 'nobody');
          return typeof rule.who !== 'string' && rule.who.includes(held);
        })
        .map(nameOf);
    expect(open('auditor')).toEqual([]);
    expect(
      open('administrator').every((name) =>
        /accounts|identities|access|anchors|setup|mail|webhooks|machine/.test(name),
      ),
    ).toBe(true);
  });

  it('opens what is shown again for to nobody who did not, but to a token that names it', () => {
    const ways = ['session', 'link', 'asserted_local', 'token'] as const;
    for (const action of actions.filter(stepsUp))
      for (const how of ways) {
        const all = known(how, capacities, null);
        expect(may(all, action, SELF), `${how} ${action}`).toMatchObject({ is: 'deny', why: 'step_up' });
        const others = actions.filter((one) => one !== action);
        expect(may(known('token', capacities, others), action, SELF)).toMatchObject({ why: 'scope' });
        expect(may(known('token', capacities, [action]), action, SELF)).toEqual({ is: 'allow' });
      }
    for (const command of stepUpCommands) {
      for (const how of ways)
        expect(mayBind(known(how, capacities, null), command)).toMatchObject({ is: 'deny' });
      expect(mayBind(known('token', capacities, ['decide']), command)).toMatchObject({ why: 'scope' });
      expect(mayBind(known('session_stepped_up', [], null), command)).toEqual({ is: 'allow' });
    }
    expect(mayBind(known('token', [], ['decide']), 'employment/put_on_agenda')).toEqual({ is: 'allow' });
  });

  it('hands on to a token what its person may now, and never the making of tokens', () => {
    const hr = known('session_stepped_up', ['hr'], null);
    const passed = actions.filter((one) => mayHandOn(hr, one));
    expect(passed).toContain('change:people');
    for (const one of ['make:token', 'export', 'erase', 'manage:accounts', 'change:capacities'] as const)
      expect(passed).not.toContain(one);
    expect(actions.filter((one) => mayHandOn(known('session', ['hr_director'], null), one))).not.toContain(
      'export',
    );
  });

  it('asks again for commands that there are', () => {
    for (const one of stepUpCommands) {
      const [kind = '', type = ''] = one.split('/');
      const said = parseCommand(kind as Parameters<typeof parseCommand>[0], type, {});
      expect(JSON.stringify(said), one).not.toContain('unknown_command');
    }
  });
});

describe('the door', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await bareApp();
  });
  afterAll(async () => app.close());

  const guarded = routes.filter((one) => ruleOf(written[nameOf(one)] ?? 'nobody').who !== 'everyone');
  const urlOf = (one: Route): string => `/api${one.path.replaceAll(/:[a-z]+/gi, 'x')}`;

  it.each(guarded.map((one) => [nameOf(one), one] as const))(
    'sends away who has not signed in, before anything is read: %s',
    async (_, one) => {
      const answer = await app.inject({
        ...{ method: one.method, url: urlOf(one) },
        headers: { origin: ORIGIN, 'content-type': 'application/json' },
        ...(one.method === 'GET' ? {} : { payload: '{"broken' }),
      });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.json<{ code: string }>().code).toBe('sign_in');
    },
  );

  it.each(routes.filter((one) => one.method !== 'GET').map((one) => [nameOf(one), one] as const))(
    'takes no change from a foreign page: %s',
    async (_, one) => {
      for (const headers of [
        {},
        { origin: 'https://elsewhere.example' },
        { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
      ]) {
        const answer = await app.inject({ method: one.method, url: urlOf(one), headers });
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'foreign_origin']);
      }
    },
  );
});
