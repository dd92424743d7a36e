import type { Envelope } from '../contracts/envelope.ts';
import type { Scenario, ScenarioAct } from '../contracts/scenario.ts';
import { guarded } from '../client/guard-texts.ts';
import type { Guard, Guarded } from '../client/guard-texts.ts';
import { textRef } from '../directory/texts.ts';
import type { NewText } from '../directory/texts.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { Cast } from './cast.ts';

type Text = Omit<NewText, 'org'>;

/** The decision id of an act, by its place in the scenario: the same in every play. */
export const decisionIdOf = (scenario: Scenario, n: number): string =>
  `dec_${opaque(`${scenario.seed}|act|${n}`)}`;

/** A payload with refs where its free texts stood, and the texts. */
interface Taken {
  readonly payload: unknown;
  readonly texts: readonly Text[];
}

function taken(value: unknown, decisionId: string, field = 'text'): Taken {
  if (typeof value !== 'object' || value === null) return { payload: value, texts: [] };
  const { text, about } = value as { text?: unknown; about?: unknown };
  if (typeof text === 'string' && typeof about === 'string')
    return {
      payload: textRef(decisionId, field),
      texts: [{ decisionId, field, subject: about, text }],
    };
  const inside = Object.entries(value).map(
    ([key, item]) => [key, taken(item, decisionId, `${field}${key}`)] as const,
  );
  const texts = inside.flatMap(([, one]) => one.texts);
  if (Array.isArray(value)) return { payload: inside.map(([, one]) => one.payload), texts };
  return { payload: Object.fromEntries(inside.map(([key, one]) => [key, one.payload])), texts };
}

/**
 * An act as it is asked: its command, and its texts as the guards of their surfaces read them.
 * @param guard null: nobody reads the texts
 */
export function written(act: ScenarioAct, cast: Cast, decisionId: string, guard: Guard | null): Guarded {
  const { payload, texts } = taken(cast.resolve(act.with), decisionId);
  const envelope: Envelope = {
    ...{ v: 1, decisionId, case: cast.caseId(act.case), type: act.do, actor: cast.person(act.by) },
    ...{ how: 'asserted_local', payload: payload as Record<string, unknown> },
    ...(act.acknowledge === undefined ? {} : { acknowledge: act.acknowledge }),
    ...(act.about === undefined ? {} : { about: act.about }),
    ...(act.onBehalfOf === undefined ? {} : { onBehalfOf: cast.person(act.onBehalfOf) }),
  };
  if (guard === null || texts.length === 0) return { envelope, texts, found: [], blocked: [], warned: [] };
  return guarded(envelope, texts, guard);
}
