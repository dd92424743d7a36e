import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envelopeSchema } from '../../src/contracts/envelope.ts';
import type { Scenario, ScenarioAct } from '../../src/contracts/scenario.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { WarningCode } from '../../src/domain/kernel/words.ts';
import { warningCodes } from '../../src/domain/kernel/words.ts';
import { formRefusal } from '../../src/ledger/command-form.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { cast, northsideTerms, scenario } from './northside-house.ts';

/** A warning can be met: whatever code a rule warns with, an envelope can carry it. */

const domain = new URL('../../src/domain/', import.meta.url);

/** The codes in the text of every decider; the compiler holds each of them to be one of the list. */
function codesInDeciders(): ReadonlySet<string> {
  const files = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const texts = files.map((file) => readFileSync(new URL(file, domain), 'utf8'));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/rule: '([^']+)',\s+holds[:,]/gu)].map(([, code = '']) => code),
    ),
  );
}

type Command = Pick<Extract<ScenarioAct, { do: string }>, 'by' | 'case' | 'do' | 'with' | 'acknowledge'>;

function envelope({ by, do: type, with: payload, acknowledge, ...act }: Command): object {
  return {
    ...{ v: 1, decisionId: 'dec_cadence', case: cast.caseId(act.case), type, payload },
    ...{ actor: cast.person(by), how: 'asserted_local' },
    ...(acknowledge === undefined ? {} : { acknowledge }),
  };
}

describe('the codes of warnings', () => {
  it('are those that the deciders warn with, no more and no fewer', () => {
    expect([...codesInDeciders()].toSorted()).toEqual([...warningCodes].toSorted());
    expect(new Set(warningCodes).size).toBe(warningCodes.length);
  });

  it.each(warningCodes)('%s may stand in an envelope', (code: WarningCode) => {
    const asked = envelope({
      by: 'dana',
      case: 'employment',
      do: 'propose_cadence',
      with: {},
      acknowledge: [code],
    });
    expect(envelopeSchema.parse(asked).acknowledge).toEqual([code]);
    expect(formRefusal(asked)).toBeNull();
  });

  it.each(['CADENCE', 'R4.3', 'r0.3', 'everything', ''])('%j is no warning, and refused', (code) => {
    const asked = envelope({
      by: 'dana',
      case: 'employment',
      do: 'propose_cadence',
      with: {},
      acknowledge: [code],
    });
    expect(formRefusal(asked)).toMatchObject({ code: 'malformed', missing: [{ about: 'acknowledge.0' }] });
  });
});

describe('a cadence longer than the usual one (D7.6)', () => {
  const isCommand = (
    act: ScenarioAct | Scenario['acts'][number],
  ): act is Extract<Scenario['acts'][number], { do: string }> => 'do' in act;
  const place = scenario.acts.findIndex((act) => isCommand(act) && act.do === 'propose_cadence');
  const proposal = scenario.acts[place];
  if (proposal === undefined || !isCommand(proposal)) throw new Error('no proposal in the worked example');
  const longer = { ...proposal, with: { change: 'step_down', weeks: 4 } };
  const accepted = {
    ...longer,
    at: proposal.at,
    acknowledge: ['D7.6'],
    events: ['cadence_proposed', 'warning_acknowledged'],
  };
  const confirmed = scenario.acts[place + 1];

  it('is refused once, named, and accepted with its code through the envelope and a rehearsal', () => {
    for (const act of [longer, accepted]) expect(formRefusal(envelope(act))).toBeNull();
    const acts = [
      ...scenario.acts.slice(0, place),
      { ...longer, refused: 'acknowledgement_needed' },
      accepted,
      ...(confirmed === undefined ? [] : [confirmed]),
    ];
    const { surprises, came, world } = rehearse(
      { ...scenario, acts, until: '2025-11-12 18:00' },
      cast,
      northsideTerms(),
    );
    expect(surprises).toEqual([]);
    const first = came.get(place);
    expect(first !== undefined && isRefusal(first) ? first : null).toMatchObject({
      rule: 'D7.6',
      missing: [{ code: 'D7.6', about: '4' }],
    });
    const rows = world.rows.filter((row) => row.case === cast.caseId('employment'));
    expect(rows.findLast((row) => row.kind === 'warning_acknowledged')?.body).toEqual({
      rule: 'D7.6',
      about: '4',
    });
    expect(rows.findLast((row) => row.kind === 'cadence_stepped_down')?.body).toEqual({
      weeks: 4,
      next: '2025-12-09',
    });
  });
});
