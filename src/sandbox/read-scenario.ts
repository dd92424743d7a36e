import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { continuationSchema, scenarioSchema } from '../contracts/scenario.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { UnknownWord } from './cast.ts';
import type { Cast } from './cast.ts';

/** A scenario that cannot be played; names the places, not what stands there. */
export class ScenarioMalformed extends Error {
  readonly code = 'scenario_malformed';
  constructor(places: readonly string[]) {
    const more = places.length > MOST_PLACES ? [`… and ${places.length - MOST_PLACES} more places`] : [];
    const lines = [...places.slice(0, MOST_PLACES), ...more].map((line) => `\n  ${line}`);
    super(`The scenario cannot be played (its form: docs/scenarios.md):${lines.join('')}`);
    this.name = 'ScenarioMalformed';
  }
}

const MOST_PLACES = 8;

type Issue = z.core.$ZodIssue;

/** Zod's own messages speak of its parser; these speak of the file. */
function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `missing, or no ${issue.expected}`;
    case 'unrecognized_keys':
      return `has a field that nobody knows: ${issue.keys.map((key) => key.slice(0, 40)).join(', ')}`;
    case 'invalid_value':
      return `takes ${issue.values.slice(0, 12).map(String).join(', ')}`;
    case 'too_small':
      return 'is too small or too short';
    case 'too_big':
      return 'is too large or too long';
    case 'invalid_format':
    case 'custom':
      return `takes ${issue.message.startsWith('Invalid') ? 'another form' : issue.message}`;
    case 'invalid_key':
      return 'is named by a word in lower case';
    default:
      return 'is not of the form expected';
  }
}

/** Of something that may be one of several, what it most likely was meant to be. */
function flattened(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [first = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return first.length === 0
    ? [issue]
    : first.flatMap((one) => flattened({ ...one, path: [...issue.path, ...one.path] }));
}

function placeOf(issue: Issue): string {
  const place = issue.path.map(String).join('.');
  return `${place === '' ? 'the file' : place} ${ruleOf(issue)}`;
}

function checked<T>(parsed: z.ZodSafeParseResult<T>): T {
  if (parsed.success) return parsed.data;
  throw new ScenarioMalformed(parsed.error.issues.flatMap(flattened).map(placeOf));
}

function jsonOf(file: string | URL): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new ScenarioMalformed(['the file is not JSON']);
  }
}

/** Reads a scenario; one that continues another is joined to it. @throws ScenarioMalformed */
export function readScenario(file: string | URL): Scenario {
  const raw = jsonOf(file);
  if (typeof raw !== 'object' || raw === null || !('continues' in raw))
    return checked(scenarioSchema.safeParse(raw));
  const { continues, ...more } = checked(continuationSchema.safeParse(raw));
  const url = file instanceof URL ? file : pathToFileURL(file);
  const before = readScenario(new URL(`${continues}.json`, url));
  return {
    ...before,
    ...{ title: more.title, until: more.until },
    people: { ...before.people, ...more.people },
    cases: { ...before.cases, ...more.cases },
    acts: [...before.acts, ...more.acts],
    expect: [...before.expect, ...more.expect],
  };
}

/** Resolves every word that one act names. */
function resolveAll(act: Scenario['acts'][number], cast: Cast): void {
  if ('do' in act) {
    cast.person(act.by);
    cast.caseId(act.case);
    cast.resolve(act.with);
    if (act.onBehalfOf !== undefined) cast.person(act.onBehalfOf);
    return;
  }
  for (const { person, scope } of [...(act.assign ?? []), ...(act.unassign ?? [])]) {
    cast.person(person);
    cast.resolve(scope);
  }
  if (act.delegate !== undefined)
    for (const word of [act.delegate.absent, act.delegate.standIn]) cast.person(word);
}

/** A word that names nothing is found before any server is started. @throws ScenarioMalformed */
export function mustName({ acts }: Scenario, cast: Cast): void {
  const places = acts.flatMap((act, n) => {
    try {
      resolveAll(act, cast);
      return [];
    } catch (error) {
      if (error instanceof UnknownWord)
        return [`acts.${n} names a ${error.kind} "${error.word}" that is not in it`];
      throw error;
    }
  });
  if (places.length > 0) throw new ScenarioMalformed(places);
}
