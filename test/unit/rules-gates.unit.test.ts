import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import {
  adviser,
  ask,
  begun,
  compliance,
  director,
  executive,
  hr,
  luis,
  must,
  sheet,
} from './readiness-house.ts';
import * as house from './role-house.ts';

/** A gate names each thing it lacks, and nothing that is there. */
const lacks = (answer: object): readonly string[] =>
  isRefusal(answer) ? [...new Set(answer.missing.map((one) => one.code))] : [];

describe('what a gate of hiring lacks, by name', () => {
  it('G0 asks for the verdict (D0.4) and each policy judged (D0.5), and for neither once it is there', () => {
    const world = begun();
    for (const who of [hr, adviser, luis]) must(world, who, 'score_items', { scores: sheet('2') });
    must(world, executive, 'name_champion', { person: director });
    must(world, adviser, 'advise', { position: 'agree' });
    must(world, director, 'propose_timeline', { weeks: {} });
    for (const who of [director, hr]) must(world, who, 'answer_timeline', { answer: 'accepted' });
    for (const who of [director, adviser]) must(world, who, 'answer_goals', { answer: 'adopted' });
    const accept = () => ask(world, director, 'accept_readiness', {});
    expect(lacks(accept())).toEqual(['D0.4', 'D0.5']);
    must(world, director, 'give_verdict', { verdict: 'ready', actions: [] });
    expect(lacks(accept())).toEqual(['D0.5']);
    const verdicts = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
    must(world, hr, 'propose_verdicts', { verdicts });
    must(world, compliance, 'confirm_verdicts', { policies: reviewedPolicies });
    expect(isRefusal(accept())).toBe(false);
  });

  it('G2 asks for the screen (D2.2) and the credential rule (D2.5), and for neither once it is there', () => {
    const world = house.adoptedRole();
    const complete = () => house.ask(world, house.people.dana, 'complete_description', {});
    expect(lacks(complete())).toEqual(expect.arrayContaining(['D2.2', 'D2.5', 'D2.8']));
    house.enter(world, house.goodDuties);
    house.classify(world, 1, house.goodDuties);
    expect(lacks(complete())).not.toContain('D2.2');
    expect(lacks(complete())).toContain('D2.5');
    house.termsConfirmed(world);
    expect(lacks(complete())).not.toContain('D2.5');
  });
});
