import type { CaseId } from '../kernel/words.ts';
import type { RoleState } from './state.ts';
import type { ElementStatus } from './words.ts';

/** The version of one team, as it stands. */
export interface TeamSide {
  readonly case: CaseId;
  readonly family: string | null;
  readonly team: string | null;
  readonly version: number | null;
}

/** One element as one team has it; null where the team's role has no such element. */
export interface SideElement {
  readonly status: ElementStatus;
  readonly choices: readonly string[];
  /** Ref of the text. */
  readonly text: string | null;
}

export interface ComparedElement {
  readonly element: string;
  readonly differs: boolean;
  /** In the order of the sides. */
  readonly sides: readonly (SideElement | null)[];
}

/** What two sides say when they say the same: choices in any order, and the words of the text. */
function meaning(one: SideElement | null, words: ReadonlyMap<string, string>): string {
  if (one === null) return 'none';
  const text = one.text === null ? '' : (words.get(one.text) ?? one.text);
  return JSON.stringify([one.choices.toSorted(), text.trim()]);
}

/**
 * The versions of several teams of one role side by side: each reached its own, and the differences are shown.
 * @param words texts by ref; a text that is not in it differs from every other one
 */
export function compareTeams(
  roles: readonly { readonly case: CaseId; readonly state: RoleState }[],
  words: ReadonlyMap<string, string>,
): { readonly sides: readonly TeamSide[]; readonly elements: readonly ComparedElement[] } {
  const sides = roles.map(({ case: id, state }): TeamSide => ({
    case: id,
    family: state.family ?? null,
    team: state.team ?? null,
    version: state.adopted?.version ?? null,
  }));
  const codes = [...new Set(roles.flatMap(({ state }) => Object.keys(state.elements)))];
  const elements = codes.map((element): ComparedElement => {
    const each = roles.map(({ state }): SideElement | null => {
      const found = state.elements[element];
      if (found === undefined) return null;
      const { status, choices, text } = found;
      return { status, choices, text };
    });
    const differs = new Set(each.map((one) => meaning(one, words))).size > 1;
    return { element, differs, sides: each };
  });
  return { sides, elements };
}
