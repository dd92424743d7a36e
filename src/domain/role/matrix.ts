import type { PersonRef } from '../kernel/words.ts';
import { markOf, ofAdopted } from './state.ts';
import type { RoleState } from './state.ts';
import type { ElementStatus, LeftOutReason, MemberCapacity, Position } from './words.ts';

/** One person's place in a row: what they said in the round at hand; null where nobody asked or they have not answered. */
export type Said = Position | 'no_response' | null;

export interface MatrixPerson {
  readonly person: PersonRef;
  readonly capacity: MemberCapacity;
  /** Why they are no longer listed. */
  readonly left: LeftOutReason | null;
}

export interface MatrixRow {
  readonly element: string;
  readonly mandatory: boolean;
  readonly status: ElementStatus;
  readonly round: number;
  /** Decided by the leader: shown as not consensus for ever (D1.2). */
  readonly notConsensus: boolean;
  /** A concern to look at again (P1.5). */
  readonly concern: boolean;
  /** Who blocked an earlier text of it, and in which round. */
  readonly objections: readonly { readonly person: PersonRef; readonly round: number }[];
  /** In the order of the people. */
  readonly said: readonly Said[];
}

export interface AgreementMatrix {
  readonly version: number | null;
  readonly draft: boolean;
  readonly people: readonly MatrixPerson[];
  readonly rows: readonly MatrixRow[];
}

const words: Readonly<Record<string, Said>> = {
  a: 'agree',
  c: 'agree_with_concern',
  s: 'stand_aside',
  b: 'block',
  n: 'no_response',
};

/**
 * Elements by people, as the team stands on them (D1.1, D1.2): silence is shown as silence, and what a leader decided
 * as not consensus, for ever. People who left stay in it.
 */
export function agreementMatrix(state: RoleState): AgreementMatrix {
  const people = state.members.map(({ person, capacity, left }) => ({
    person,
    capacity,
    left: left ?? null,
  }));
  const rows = Object.entries(state.elements).map(([code, element]): MatrixRow => ({
    element: code,
    mandatory: state.mandatory.includes(code),
    status: element.status,
    round: element.round,
    notConsensus: (element.byLeader ?? []).length > 0 || state.adopted?.notConsensus.includes(code) === true,
    concern: ofAdopted(state, element)
      ? state.adopted?.concerns.includes(code) === true
      : element.status === 'consensus_with_concerns',
    objections: element.objections ?? [],
    said: state.members.map((_, place) => words[markOf(element, place)] ?? null),
  }));
  return { version: state.adopted?.version ?? null, draft: state.draft, people, rows };
}
