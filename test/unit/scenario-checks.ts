import { deciderOf } from '../../src/domain/cases.ts';
import { evolveHeld } from '../../src/domain/kernel/held.ts';
import type { Held } from '../../src/domain/kernel/held.ts';
import { agendaOf } from '../../src/domain/kernel/obligations.ts';
import { capacities, kindOf } from '../../src/domain/kernel/words.ts';
import { beforeFirst } from '../../src/ledger/fold.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { Staged } from '../scenarios.ts';

/** What has to hold in every rehearsal, whatever its story. */

/** What a case held after a row, and whether its step ended there. */
interface Fold {
  readonly held: Held;
  readonly lastOfStep: boolean;
}

/** @returns what a case held after each of its rows */
export function foldsOf(world: World, id: string): readonly Fold[] {
  const rows = world.rows.filter((row) => row.case === id);
  const decider = deciderOf(kindOf(id)!);
  let held = beforeFirst(decider, rows[0]!, rows[0]!.terms);
  return rows.map((row, n) => {
    held = evolveHeld(decider, held, row);
    const next = rows[n + 1];
    return { held, lastOfStep: next === undefined || next.stamp.decisionId !== row.stamp.decisionId };
  });
}

/** @returns where a case that is not final owes nothing, or owes it to nobody, or by no day */
export function ownerless({ cast, terms, start }: Staged, world: World): readonly string[] {
  const ids = [...world.cases.keys()];
  const nobody: string[] = [];
  for (const id of ids) {
    const decider = deciderOf(kindOf(id)!);
    for (const { held, lastOfStep } of foldsOf(world, id)) {
      if (!lastOfStep || decider.standing(held.own).status === 'final') continue;
      const agenda = agendaOf(decider, held, terms, id);
      if (agenda.length === 0) nobody.push(`${cast.wordOf(id)} ${held.base.sequence}`);
      for (const { owner, due, id: obligation } of agenda) {
        const [capacity, scope] = owner.split('@');
        const known =
          scope === undefined
            ? owner.startsWith('prs_')
            : (capacities as readonly string[]).includes(capacity ?? '') &&
              [world.org, cast.site, ...ids].includes(scope);
        if (!known || !Number.isSafeInteger(due) || due < start)
          nobody.push(`${cast.wordOf(id)} ${obligation} ${owner}`);
      }
    }
  }
  return nobody;
}

/** @returns words with a blank in them, names of people among them: a code, a ref and a date have none */
export function sentencesIn({ scenario }: Staged, world: World): readonly string[] {
  const names = Object.values(scenario.people).flatMap((one) => one.name.split(' '));
  const named = new RegExp(`\\b(${names.join('|')})\\b`, 'i');
  return world.rows
    .flatMap((row) => stringsIn(row.body))
    .filter((text) => /\s/.test(text) || named.test(text));
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
