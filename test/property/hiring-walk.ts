import fc from 'fast-check';
import { z } from 'zod';
import { parseCommand } from '../../src/contracts/commands.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import { addDays, dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Instant } from '../../src/domain/kernel/calendar.ts';
import type { Assignment } from '../../src/domain/kernel/can.ts';
import { factsFrom } from '../../src/domain/kernel/facts.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import { evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held, RowDraft } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { AnyInput } from '../../src/domain/kernel/run.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { kindOf, warningCodes } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { person, site, termsForTests } from '../unit/house.ts';
import { bodiesFit } from '../unit/shapes-of.ts';

/**
 * Random command sequences of one case. A walk starts where a play has come to, and goes on with commands made from
 * the contracts (any actor, any payload the schema takes), commands somebody would give next, notices and days.
 * FC_RUNS says how many walks a kind takes; without it a few, so that the tests stay quick.
 */

export const runs = (few: number): number => {
  const wanted = Number(process.env['FC_RUNS'] ?? few);
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : few;
};
/** Ten milliseconds a step, and a minute to begin with. */
export const timeout = 60_000 + runs(0) * 400;

/** Where a walk begins: a case as a play left it, with its neighbours' facts. */
export interface Start {
  readonly id: string;
  readonly held: Held | null;
  readonly now: Instant;
  readonly kinds: readonly string[];
  readonly facts: readonly FactSeen[];
  readonly assignments: readonly Assignment[];
}

export function startOf(world: World, id: string): Start {
  const others = [...world.cases].filter(([other]) => other !== id);
  return {
    id,
    held: world.cases.get(id)?.held ?? null,
    now: world.now,
    kinds: world.rows.filter((row) => row.case === id).map((row) => row.kind),
    facts: others.flatMap(([, place]) => place.facts),
    assignments: world.assignments,
  };
}

export type Likely = readonly [actor: string, type: string, payload?: object];
export interface Rules {
  /** Gates an event of a kind needs, written down here once more and not read from the decider. */
  readonly gates: Readonly<Record<string, readonly string[]>>;
  /** What must have happened before a case can be in a stage: one of these. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
  /** What must hold besides, after every step. */
  also?(walk: Walk): void;
}

/** What a kind of case takes, and what somebody would likely do with it. */
export interface Ways {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly actors: readonly string[];
  readonly pools: Pools;
  likely(state: never, today: string): readonly Likely[];
  /** What other cases would say; null where they would not say it now. */
  readonly notices: readonly ((
    n: number,
    today: string,
    walk: Walk,
  ) => readonly [from: string, notice: object] | null)[];
  /** Facts of others that may change on the way. */
  readonly facts?: readonly (readonly [kind: string, subject: string, value: string])[];
}
export interface Pools {
  readonly people: readonly string[];
  readonly cases: readonly string[];
  readonly words?: readonly string[];
  readonly questions?: readonly string[];
}

export class Walk {
  readonly decider: AnyDecider;
  readonly kinds: string[];
  readonly told: string[] = [];
  held: Held | null;
  now: Instant;
  facts: FactSeen[];
  stage = '';
  accepted = 0;
  final = false;
  private wake: Instant | null = null;
  private inputs = 0;
  private readonly start: Start;
  private readonly rules: Rules;
  private readonly terms: Terms;

  constructor(start: Start, rules: Rules, terms: Terms) {
    this.start = start;
    this.rules = rules;
    this.terms = terms;
    this.decider = deciderOf(kindOf(start.id) ?? 'clock');
    this.held = start.held;
    this.now = start.now;
    this.kinds = [...start.kinds];
    this.facts = [...start.facts];
    if (start.held !== null) this.step([]);
  }

  get today(): string {
    return dateOf(this.terms.calendar, this.now);
  }

  ask(actor: string, type: string, payload: object): void {
    const kind = kindOf(this.start.id);
    const parsed = kind === null ? null : parseCommand(kind, type, payload);
    if (parsed === null || 'refused' in parsed) return;
    const before = this.kinds.length;
    const said = `${actor.slice(0, 8)} ${type} ${JSON.stringify(payload)}`;
    this.told.push(`asks: ${said}`);
    const base = {
      origin: 'ask',
      decisionId: `walk_${this.inputs++}`,
      actor,
      how: 'asserted_local',
    } as const;
    const answer = this.step([
      { ...base, acknowledge: warningCodes, asked: this.now, command: { type, payload } },
    ]);
    if (answer === null) throw new Error(`unanswered: ${type}`);
    const took = !isRefusal(answer);
    if (took && this.kinds.length === before) throw new Error(`accepted without an event: ${type}`);
    this.told.splice(-1, 1, `${took ? '' : '(no) '}${said}`);
    this.accepted += took ? 1 : 0;
  }

  hear(from: string, notice: object): void {
    const decisionId = `${from}/walk${this.inputs++}/0`;
    this.told.push(`notice ${JSON.stringify(notice)}`);
    this.step([{ origin: 'notice', decisionId, from, asked: this.now, notice: notice as never }]);
  }

  wait(days: number): void {
    const until = instantOf(this.terms.calendar, addDays(this.today, days), '11:00');
    this.told.push(`to ${dateOf(this.terms.calendar, until)}`);
    for (let wakes = 0; wakes < 200 && this.wake !== null && this.wake <= until && !this.final; wakes += 1) {
      this.now = Math.max(this.now, this.wake);
      this.step([]);
    }
    this.now = Math.max(this.now, until);
  }

  fact(kind: string, subject: string, value: string): void {
    this.facts = this.facts.filter((one) => one.kind !== kind || one.subject !== subject);
    this.facts.push({ kind, subject, value, case: this.start.id, sequence: 1 });
    this.told.push(`fact ${kind} ${value}`);
  }

  private step(inputs: readonly AnyInput[]) {
    const before = this.held;
    const advanced = advance(this.decider, before, inputs, {
      ...{ org: `org_${'0'.repeat(26)}`, case: this.start.id, now: this.now, facts: this.facts },
      ...{ opening: { site, terms: this.terms }, assignments: this.start.assignments, delegations: [] },
      termsOf: () => this.terms,
    });
    this.gatesHeld(before, advanced.rows);
    bodiesFit(this.start.id, advanced.rows);
    this.held = advanced.held;
    this.wake = advanced.nextWake;
    this.kinds.push(...advanced.rows.map((row) => row.kind));
    if (advanced.standing !== null) {
      this.stage = advanced.standing.stage;
      this.final = advanced.standing.status === 'final';
      const needed = this.rules.stages[this.stage];
      if (needed !== undefined && !needed.some((kind) => this.kinds.includes(kind)))
        throw new Error(`stage ${this.stage} without ${needed.join(' or ')}`);
      const { obligations } = advanced;
      if (!this.final && obligations.length === 0) throw new Error(`nobody owes in ${this.stage}`);
      for (const { id, owner, due } of obligations)
        if (owner === '' || !Number.isSafeInteger(due)) throw new Error(`no owner or no date: ${id}`);
      if (new Set(obligations.map((one) => one.id)).size < obligations.length)
        throw new Error('an obligation twice');
    }
    this.rules.also?.(this);
    return advanced.answer;
  }

  /** Every gate of an event, on the state before it, with the facts of that moment. */
  private gatesHeld(before: Held | null, rows: readonly RowDraft[]): void {
    if (!rows.some((row) => this.rules.gates[row.kind] !== undefined)) return;
    let held = before;
    for (const row of rows) {
      for (const gate of this.rules.gates[row.kind] ?? []) {
        if (held === null) throw new Error(`${row.kind} opens a case`);
        const context = { facts: factsFrom(this.facts), terms: this.terms, now: row.stamp.at };
        const missing = this.decider.gates[gate]?.missing(held.own, context);
        if (missing?.length !== 0) throw new Error(`${row.kind} past ${gate}: ${JSON.stringify(missing)}`);
      }
      if (held !== null) held = evolveHeld(this.decider, held, row);
    }
  }
}

/** A small generator of its own, so that one drawn number is one payload. */
function dice(seed: number): (below: number) => number {
  let at = seed + 0x6d2b79f5;
  return (below) => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Json {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const offsets = [-30, -3, -1, 0, 0, 1, 3, 7, 10, 14, 21, 35];

function wordFor(pattern: string, pools: Pools, roll: (below: number) => number, today: string): string {
  const one = (list: readonly string[]): string => list[roll(list.length)] ?? '';
  if (pattern.startsWith('^site_')) return site;
  if (pattern.startsWith('^prs_')) return one(pools.people);
  if (pattern.startsWith('^(readiness')) return one(pools.cases);
  if (pattern.startsWith('^txt_')) return `txt_${roll(9)}`;
  if (pattern.startsWith('^row_')) return `row_${'0'.repeat(26)}`;
  if (pattern.startsWith('^(Q')) return one(pools.questions ?? ['Q1']);
  if (pattern.startsWith('^((panel')) return one(['panel:1', 'panel:2', 'screener:1', 'alternate']);
  if (pattern.startsWith('^(recommend')) return one(['recommend_1', 'acceptable', 'not_recommended']);
  if (pattern.startsWith('^([01]')) return one(['10:00', '14:00', '16:30']);
  if (pattern.startsWith('^duty-')) return 'duty-one-to-one';
  if (pattern.startsWith('^[0-9a-f]{64}')) return 'a'.repeat(64);
  if (pattern.startsWith('^[A-Za-z]') || pattern.startsWith('^[a-z]')) return one(pools.words ?? ['word']);
  if (pattern.startsWith('^[A-Z]')) return 'L1';
  return addDays(today, offsets[roll(offsets.length)] ?? 0);
}

function made(schema: Json, pools: Pools, roll: (below: number) => number, today: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[roll(schema.enum.length)];
  if (schema.anyOf !== undefined)
    return made(schema.anyOf[roll(schema.anyOf.length)] ?? {}, pools, roll, today);
  if (schema.type === 'boolean') return roll(2) === 0;
  if (schema.type === 'null') return null;
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.min((schema.minimum ?? 0) + roll(roll(3) === 0 ? 3000 : 4), schema.maximum ?? 3000);
  if (schema.type === 'string') return wordFor(schema.pattern ?? '', pools, roll, today);
  if (schema.type === 'array') {
    const least = schema.minItems ?? 0;
    const length = Math.min(least + roll(3), schema.maxItems ?? least + 2);
    return Array.from({ length }, () => made(schema.items ?? {}, pools, roll, today));
  }
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name]) => schema.required?.includes(name) === true || roll(3) > 0,
  );
  return Object.fromEntries(wanted.map(([name, one]) => [name, made(one, pools, roll, today)]));
}

const step = fc.record({
  how: fc.constantFrom('likely', 'likely', 'likely', 'made', 'made', 'wait', 'notice', 'fact'),
  n: fc.nat(999),
  seed: fc.nat(),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export const steps = (most: number) => fc.array(step, { minLength: 12, maxLength: most, size: 'max' });

/** @returns what takes one drawn step of a walk */
export function mover(ways: Ways): (walk: Walk, step: Step) => void {
  const types = Object.keys(ways.schemas).filter((type) => type !== 'open');
  const json = new Map(
    types.map((type) => [
      type,
      z.toJSONSchema(ways.schemas[type] ?? z.never(), { io: 'input', unrepresentable: 'any' }) as Json,
    ]),
  );
  return (walk, { how, n, seed }) => {
    const roll = dice(seed);
    const { today } = walk;
    if (how === 'wait') return walk.wait([0, 1, 1, 2, 3, 5, 8, 14, 30][n % 9] ?? 1);
    if (how === 'notice' && ways.notices.length > 0) {
      const drawn = ways.notices[n % ways.notices.length]?.(seed, today, walk) ?? null;
      return drawn === null ? undefined : walk.hear(...drawn);
    }
    const fact = ways.facts?.[n % ways.facts.length];
    if (how === 'fact' && fact !== undefined && seed % 3 === 0) return walk.fact(...fact);
    const list = how === 'likely' ? ways.likely((walk.held?.own ?? {}) as never, today) : [];
    const likely = list[n % Math.max(1, list.length)];
    if (likely !== undefined) return walk.ask(likely[0], likely[1], likely[2] ?? {});
    const type = types[n % types.length] ?? '';
    const actor = ways.actors[roll(ways.actors.length)] ?? person('nobody');
    walk.ask(actor, type, made(json.get(type) ?? {}, ways.pools, roll, today) as object);
  };
}

export interface Counted {
  accepted: number;
  readonly stages: Map<string, number>;
}

/** Takes the walks; an error names what was done on the shortest way to it. */
export function walks(
  starts: readonly Start[],
  ways: Ways,
  rules: Rules,
  few: number,
  most = 60,
  terms: Terms = termsForTests(),
): Counted {
  const counted: Counted = { accepted: 0, stages: new Map() };
  const move = mover(ways);
  fc.assert(
    fc.property(fc.nat(starts.length - 1), steps(most), (from, list) => {
      const walk = new Walk(starts[from] as Start, rules, terms);
      try {
        for (const one of list) if (!walk.final) move(walk, one);
      } catch (error) {
        const what = error instanceof Error ? error.message : String(error);
        throw new Error(`${what}\nfrom start ${from}\n${walk.told.slice(-40).join('\n')}`, { cause: error });
      }
      counted.accepted += walk.accepted;
      counted.stages.set(walk.stage, (counted.stages.get(walk.stage) ?? 0) + 1);
    }),
    { numRuns: runs(few) },
  );
  if (process.env['FC_RUNS'] !== undefined) {
    const ended = [...counted.stages].map(([stage, n]) => `${stage} ${n}`).join(', ');
    const { seed } = fc.readConfigureGlobal();
    process.stdout.write(
      `${runs(few)} walks, seed ${seed}: ${counted.accepted} accepted; ended in ${ended}\n`,
    );
  }
  return counted;
}
