import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policySchema } from '../../src/contracts/policy.ts';
import { afterCrowd, postRules, route } from '../../src/domain/kernel/post.ts';
import type { Box, Letter } from '../../src/domain/kernel/post.ts';
import { onlyTheyCan } from '../../src/notify/alone.ts';
import { EVERY_WEEKDAY, nextList, quietUntil } from '../../src/notify/hours.ts';
import { render } from '../../src/notify/templates.ts';
import defaults from '../../policies/default.json' with { type: 'json' };

const policy = policySchema.parse(defaults);
const rules = postRules(policy)!;
const HOUR = 3_600_000;
const noon = Date.parse('2025-03-05T17:00:00Z');
const morning = Date.parse('2025-03-06T13:30:00Z');
const box = (more: Partial<Box> = {}): Box => ({
  ...{ now: noon, quietUntil: null, nextList: morning, open: 1, wish: null },
  ...more,
});
const letter = (more: Partial<Letter> = {}): Letter => ({
  ...{ how: 'ask', due: noon + 200 * HOUR, law: false, alone: false },
  ...more,
});
const inList = { is: 'wait', why: 'digest', until: morning };
const now = { is: 'now', most: 1 };

describe('the rules of the post', () => {
  it('are those of the policy; a policy of an earlier day has none, and each message goes at once', () => {
    expect(rules).toEqual({ quietFrom: 1080, quietTo: 480, digestAt: 510, digestOver: 3, perHour: 1 });
    const { max_per_obligation: most, source } = policy.values['PROMPTS']!;
    const before = { ...policy.values, PROMPTS: { source: source, max_per_obligation: most! } };
    expect(postRules({ ...policy, values: before })).toBeNull();
  });
});

describe('where a message goes', () => {
  it.each([
    ['by itself with three open', letter(), box({ open: 3 }), now],
    ['into the list with four open', letter(), box({ open: 4 }), inList],
    ['by itself although much is open: only they can do it', letter({ alone: true }), box({ open: 9 }), now],
    [
      'at once and past the hour: an offer, a notice of law',
      letter({ law: true }),
      box({ open: 9 }),
      { is: 'now', most: 0 },
    ],
    ['into the list: rung 1 is meant for it', letter({ how: 'digest' }), box(), inList],
    ['into the list: they want one', letter(), box({ wish: 'digest' }), inList],
    [
      'by itself: they want a list, and only they can do it',
      letter({ alone: true }),
      box({ wish: 'digest' }),
      now,
    ],
    ['by itself: it is due before the list', letter({ due: noon + HOUR }), box({ open: 9 }), now],
    ['into the list: it is late already', letter({ due: noon - HOUR }), box({ open: 9 }), inList],
    [
      'into the list that goes within the hour',
      letter(),
      box({ nextList: noon + HOUR / 2 }),
      { ...inList, until: noon + HOUR / 2 },
    ],
    [
      'nowhere in quiet time, not even an offer',
      letter({ law: true }),
      box({ quietUntil: morning }),
      { is: 'wait', why: 'quiet', until: morning },
    ],
  ])('%s', (_, what, where, goes) => {
    expect(route(what, where, rules)).toEqual(goes);
  });

  it('is by itself where lists are switched off', () => {
    const off = { ...rules, digestOver: 0 };
    expect(route(letter({ how: 'digest' }), box({ open: 9 }), off)).toEqual(now);
    expect(route(letter(), box(), { ...off, perHour: 0 })).toEqual({ is: 'now', most: 0 });
  });

  it('is the next list once the hour is used up, or the end of the hour when it cannot wait', () => {
    const crowd = { now: noon, nextList: morning, last: noon - HOUR / 2, byList: false };
    const over = { why: 'hour', until: noon + HOUR / 2 };
    expect(afterCrowd(letter(), crowd, rules)).toEqual({ why: 'digest', until: morning });
    expect(afterCrowd(letter({ alone: true }), crowd, rules)).toEqual(over);
    expect(afterCrowd(letter({ due: noon + 2 * HOUR }), crowd, rules)).toEqual(over);
    expect(afterCrowd(letter(), { ...crowd, byList: true }, rules)).toEqual(over);
    expect(afterCrowd(letter(), crowd, { ...rules, digestOver: 0 })).toEqual(over);
  });

  it('is never in quiet time, and what is due before the list is in no list', () => {
    const hours = fc.integer({ min: -300, max: 300 });
    const how = fc.constantFrom('ask', 'remind', 'inform', 'digest', 'escalate' as const);
    fc.assert(
      fc.property(
        fc.record({ how, law: fc.boolean(), alone: fc.boolean() }),
        hours,
        fc.nat(12),
        fc.boolean(),
        (made, due, open, quiet) => {
          const what = letter({ ...(made as Partial<Letter>), due: noon + due * HOUR });
          const goes = route(what, box({ open, quietUntil: quiet ? morning : null }), rules);
          if (quiet) expect(goes).toMatchObject({ is: 'wait', why: 'quiet' });
          else if (what.law || what.alone || (what.due >= noon && what.due < morning))
            expect(goes.is).toBe('now');
        },
      ),
    );
  });
});

describe('only they can do it', () => {
  const one = { owner: 'prs_00000001', code: 'P4.3', obligation: 'P4.3:prs_00000001', how: 'ask' };
  it('their own answer, view or word', () => {
    expect(onlyTheyCan(one)).toBe(true);
    expect(onlyTheyCan({ ...one, code: 'X2', obligation: 'X2:asked:1' })).toBe(true);
  });
  it('not a session, a capacity’s item, or what tells and escalates', () => {
    for (const other of [{ code: 'P7.1' }, { owner: 'hr@site_1' }, { how: 'inform' }, { how: 'escalate' }])
      expect(onlyTheyCan({ ...one, obligation: 'P7.1:1', ...other })).toBe(false);
    expect(onlyTheyCan({ ...one, code: 'X2', obligation: 'X2:second:1' })).toBe(false);
  });
});

describe('hours', () => {
  it('are those of the recipient', () => {
    const at = Date.parse('2025-03-05T15:00:00Z');
    expect(quietUntil(at, 'America/New_York', rules, EVERY_WEEKDAY)).toBeNull();
    expect(quietUntil(at, 'Asia/Tokyo', rules, EVERY_WEEKDAY)).toBe(Date.parse('2025-03-05T23:00:00Z'));
    expect(nextList(at, 'Asia/Tokyo', rules, EVERY_WEEKDAY)).toBe(Date.parse('2025-03-05T23:30:00Z'));
  });
  it('are no more quiet where a policy has none', () => {
    const none = { quietFrom: 0, quietTo: 0 };
    expect(quietUntil(Date.parse('2025-03-08T03:00:00Z'), 'Etc/UTC', none, EVERY_WEEKDAY)).toBeNull();
  });
  it('do not hang where a site never works', () => {
    const never = { workdays: [], holidays: [] };
    expect(quietUntil(noon, 'Etc/UTC', rules, never)).toBeNull();
    expect(nextList(noon, 'Etc/UTC', rules, never)).toBeGreaterThan(noon);
  });
});

describe('the list', () => {
  const due = noon;
  const line = { prompt: 'P7.1', ref: 'ABC123', due };
  const { subject, text } = render('digest', {
    ...{ ref: '2025-03-05', due, zone: 'America/New_York' },
    lines: [
      { ...line, group: 'late', what: 'others', prompt: 'P8.3' },
      { ...line, group: 'today', prompt: 'P5.2', confidential: true },
      { ...line, group: 'week', what: 'news', prompt: 'P3.1' },
      { ...line, group: 'later' },
    ],
  });
  it('is in groups, the late first, and counts its items in a neutral subject', () => {
    expect(subject).toBe('Your list for Wed 5 Mar: 4 items open');
    const titles = ['Late', 'Today', 'This week', 'Later'].map((title) => text.indexOf(`\n${title}\n`));
    expect(titles.every((at, n) => at > (titles[n - 1] ?? 0))).toBe(true);
  });
  it('names what others are late with, and what is confidential, without content', () => {
    expect(text).toContain('An item of somebody you look after has not been answered in time');
    expect(text).not.toContain('A draft about the past period');
    expect(text).toContain('An item is waiting for you.');
    expect(text).toContain('We have received what you sent us.');
  });
});
