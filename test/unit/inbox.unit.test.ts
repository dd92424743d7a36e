import { describe, expect, it } from 'vitest';
import { answerWith } from '../../src/cli/answer-with.ts';
import { inboxText } from '../../src/cli/inbox.ts';
import type { Io } from '../../src/cli/io.ts';
import type { Answering, Waiting } from '../../src/client/ask-waiting.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { Capacity, CaseKind } from '../../src/domain/kernel/words.ts';
import { caseOf, person, site } from './house.ts';

const io: Io = { out: () => undefined, err: () => undefined, env: {}, color: false, stdin: async () => null };
const now = Date.UTC(2025, 5, 2, 12);
const [sol, away] = [person('sol'), person('away')];

function waits(
  kind: CaseKind,
  code: string,
  id: string,
  capacity: Capacity,
  more: Partial<Answering> & { readonly atSilence?: string } = {},
): Waiting {
  const { atSilence = 'hr_decides', inPlaceOf = null } = more;
  return {
    ...{ case: caseOf(kind, 'hers'), kind, stage: 's', site, siteName: 'S', zone: 'UTC', late: false },
    why: {
      ...{ masked: false, id, code, owner: sol, since: now, due: now + 1, visibility: 'C1', atSilence },
      ...{ next: null, rung: null, reminded: 0 },
    },
    ...{ who: null, nextTo: [], unreached: null, answering: { capacities: [capacity], inPlaceOf } },
  };
}

const line = (one: Waiting, as = sol): string => answerWith(one, as)?.line ?? '';
const work = caseOf('employment', 'hers');

describe('what an inbox says to answer with', () => {
  it.each<[string, string, Capacity, string]>([
    ['P7.3', 'P7.3:2025-05:employee', 'employee', 'answer_pulse'],
    ['P6.4', 'P6.4:2025-05-12:1', 'employee', 'answer_integration'],
    ['D6.1', 'D6.1:systems_training:2025-05-20', 'supervisor', 'settle_item'],
    ['D6.2', 'D6.2:2025-05-12:supervisor', 'supervisor', 'answer_ready'],
    ['R7.5', 'R7.5:1', 'supervisor', 'plan_extra_session'],
    ['OBSERVE', 'OBSERVE:2025-05-12', 'supervisor', 'record_observation'],
    ['P9.5', 'P9.5:2025-06-12', 'employee', 'record_networking'],
    ['R7.2', 'R7.2:a3', 'hr', 'close_action'],
  ])('%s: a command of decide, with what is known of the item filled in', (code, id, capacity, type) => {
    const text = line(waits('employment', code, id, capacity));
    expect(text).toContain(`decide --case ${work} --actor ${sol} --type ${type} --payload '`);
    const payload = JSON.parse((/'(.*)'$/.exec(text)?.[1] ?? '').replaceAll('NUMBER', '25')) as Record<
      string,
      unknown
    >;
    // With a word in place of each word in capitals it has the form that the command must have.
    const words: Readonly<Record<string, unknown>> = { DAY: '2025-06-02', WORD: 'as_agreed' };
    const filled = Object.entries(payload).map(([name, value]) => {
      const word = typeof value === 'string' ? (words[value] ?? value.split('|')[0]) : value;
      return [name, word];
    });
    const parsed = parseCommand('employment', type, Object.fromEntries(filled));
    expect(isRefusal(parsed) ? parsed.missing : []).toEqual([]);
  });

  it('fills in what the item says, and leaves open what its owner has to say', () => {
    const item = line(waits('employment', 'D6.1', 'D6.1:systems_training:2025-05-20', 'supervisor'));
    expect(item).toContain('"item":"systems_training","outcome":');
    const pulse = line(waits('employment', 'P7.3', 'P7.3:2025-05:supervisor', 'supervisor'));
    expect(pulse).toContain('{"month":"2025-05","core":NUMBER,');
  });

  it('names for whom it is done where a stand-in is asked, in every command', () => {
    const stands = { inPlaceOf: away };
    for (const one of [
      waits('employment', 'P7.1', `P7.1:2025-06-03:0:supervisor:${away}`, 'supervisor', stands),
      waits('employment', 'P7.3', 'P7.3:2025-05:supervisor', 'supervisor', stands),
      waits('review', 'P8.3', 'P8.3:0', 'supervisor', stands),
    ]) {
      expect(line(one)).toContain(`${sol} --behalf-of ${away}`);
      expect(line({ ...one, answering: { capacities: ['supervisor'], inPlaceOf: null } })).not.toContain(
        'behalf',
      );
    }
  });

  it('tells two of one code apart: naming colleagues is not giving feedback, and who is told of a session does not hold it', () => {
    expect(line(waits('review', 'P8.2', 'P8.2:name:0:0', 'supervisor'))).toContain('--colleague REF');
    expect(line(waits('review', 'P8.2', `P8.2:${sol}:1`, 'colleague'))).toContain('--feedback WORDS');
    const told = { atSilence: 'the_other_answers' };
    expect(line(waits('employment', 'P7.1', 'P7.1:2025-06-03:0:employee', 'employee', told))).toContain(
      `agenda add ${work} --as ${sol}`,
    );
    expect(line(waits('employment', 'D7.1', 'D7.1:confirm:2025-06-03', 'employee'))).toContain('--agrees');
  });

  it('says how what belongs to a site is done, where no case takes a command for it', () => {
    expect(line(waits('readiness', 'CALENDAR', 'CALENDAR:2031-12-31', 'hr'))).toContain(
      `calendar apply --site ${site}`,
    );
    const lacked = waits('review', 'R8.1', 'R8.1:2025-11-12', 'hr');
    expect(line(lacked)).toContain(`site comparator ${site} --file FILE --as ${sol} --cases ${lacked.case}`);
  });

  it('offers nobody what only another office may give, and of a confidential item nothing', () => {
    const training = waits('employment', 'X24', 'X24:training:1', 'hr');
    expect(line(training)).toContain('record_supervisor_training');
    expect(line({ ...training, answering: { capacities: ['employee'], inPlaceOf: null } })).toContain(
      'case show',
    );
    const masked = { ...training, why: { masked: true, owner: 'hr', due: now } } as const;
    expect(answerWith(masked, sol)).toBeNull();
    expect(inboxText(io, [masked], now, sol)).not.toContain('peer-hire');
  });

  it('prints a command whole on one line, however long, with the other ways below it', () => {
    const text = inboxText(io, [waits('candidacy', 'P5.1', 'P5.1:1', 'candidate')], now, sol);
    const command = text.split('\n').find((one) => one.includes('peer-hire decide'));
    expect(command).toContain('--type accept_offer');
    expect(text).toContain('or: decide with --type decline_offer, counter_offer, withdraw');
    expect(text).not.toContain('extend_offer');
  });
});
