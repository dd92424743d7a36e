import { describe, expect, test } from 'vitest';

import { dateLocales, fullTime, shortDay } from '../../src/notify/dates.ts';
import { MailFieldInvalid, SubjectNotNeutral } from '../../src/notify/errors.ts';
import { html } from '../../src/notify/html.ts';
import { templateCodes } from '../../src/notify/mail-facts.ts';
import type { DigestLine } from '../../src/notify/mail-facts.ts';
import { isMessageId, messageIdFor } from '../../src/notify/message-id.ts';
import { owingTexts } from '../../src/notify/owing-texts.ts';
import {
  informText,
  informTexts,
  ITEM_NEWS,
  ITEM_WAITING,
  promptText,
  promptTexts,
  textKey,
  variantTexts,
} from '../../src/notify/prompt-texts.ts';
import {
  assertNeutralSubject,
  MAX_SUBJECT,
  sensitiveStems,
  subjectVocabulary,
} from '../../src/notify/subject.ts';
import { render } from '../../src/notify/templates.ts';

const due = Date.parse('2025-03-06T22:00:00Z');
const facts = { ref: 'H-204', prompt: 'P7.1', due, zone: 'America/New_York' } as const;

/** How many prompt codes each stage has. */
const PROMPTS_PER_STAGE = [4, 5, 4, 5, 5, 6, 6, 7, 6, 5];
const promptCodes = PROMPTS_PER_STAGE.flatMap((count, stage) =>
  Array.from({ length: count }, (_, index) => `P${stage}.${index + 1}`),
);

/** A day in each month and of each length of name. */
const days = Array.from({ length: 36 }, (_, index) => Date.UTC(2025, 0, 1 + index * 10, 12));

function faultOf(subject: string): string {
  try {
    assertNeutralSubject(subject);
  } catch (error) {
    if (error instanceof SubjectNotNeutral) return error.fault;
    throw error;
  }
  return 'none';
}

describe('subjects', () => {
  test('every template, prompt, date and locale gives a neutral subject under 60 characters', () => {
    let longest = 0;
    for (const template of templateCodes) {
      for (const prompt of promptCodes) {
        for (const [index, at] of days.entries()) {
          const locale = dateLocales[index % dateLocales.length] ?? 'en-GB';
          const count = [1, 2, 120][index % 3] ?? 1;
          const { subject } = render(template, { ...facts, prompt, due: at, locale, count });
          expect(() => assertNeutralSubject(subject)).not.toThrow();
          expect(subject).toMatch(new RegExp(shortDay(at, facts.zone, locale)));
          longest = Math.max(longest, subject.length);
        }
      }
    }
    expect(longest).toBeLessThan(60);
    expect(MAX_SUBJECT).toBeLessThan(60);
  });

  test('read like this', () => {
    const subject = (template: (typeof templateCodes)[number], more = {}): string =>
      render(template, { ...facts, ...more }).subject;
    expect(subject('ask', { prompt: 'P7.3' })).toBe('Please answer by Thu 6 Mar: 1 item open');
    expect(subject('remind')).toBe('Reminder: please arrange by Thu 6 Mar: 1 item open');
    expect(subject('late', { count: 2, locale: 'en-US' })).toBe(
      'Please arrange now: 2 items were due Thu Mar 6',
    );
    expect(subject('inform')).toBe('Please read: 1 message, Thu 6 Mar');
    expect(subject('digest', { lines: [] })).toBe('Your list for Thu 6 Mar: 0 items open');
  });

  test('names, health words, role words and anything outside the vocabulary are refused', () => {
    expect(faultOf('Please answer by Thu 6 Mar: 1 item open')).toBe('none');
    expect(faultOf('Please answer Dana by Thu 6 Mar')).toBe('unknown_word');
    expect(faultOf('Please answer C-101 by Thu 6 Mar')).toBe('unknown_word');
    for (const word of [
      'peer',
      'Recovery',
      'disability',
      'accommodation',
      'background',
      'rejected',
      'diagnosis',
    ]) {
      expect(faultOf(`Please look: 1 ${word} item`)).toBe('sensitive_word');
    }
    expect(faultOf('')).toBe('empty');
    expect(faultOf('please '.repeat(9))).toBe('too_long');
    expect(faultOf('Please look\r\nBcc: item')).toBe('line_break');
    expect(new SubjectNotNeutral('unknown_word').message).not.toContain('Dana');
  });

  test('the vocabulary holds no sensitive word itself', () => {
    for (const word of subjectVocabulary) {
      expect(sensitiveStems.filter((stem) => word.startsWith(stem))).toEqual([]);
    }
  });
});

describe('prompt texts', () => {
  test('every prompt code has a sentence, and only P5.2 says no more than that an item waits', () => {
    expect(Object.keys(promptTexts).sort()).toEqual([...promptCodes].sort());
    const silent = promptCodes.filter((code) => promptText(code, false) === ITEM_WAITING);
    expect(silent).toEqual(['P5.2']);
  });

  test('no sentence holds a health word or a role word', () => {
    const allowed = new Set(['ill', 'leave', 'offer', 'interview', 'hire', 'hiring', 'applica', 'candidate']);
    const all = [promptTexts, variantTexts, informTexts, owingTexts].flatMap((texts) =>
      Object.entries(texts),
    );
    for (const [code, { asks }] of all) {
      const words = asks.toLowerCase().split(/[^a-z]+/);
      for (const stem of sensitiveStems) {
        if (!allowed.has(stem))
          expect([code, words.filter((word) => word.startsWith(stem))]).toEqual([code, []]);
      }
    }
  });

  test('who is only told is asked nothing, and hears other words than the one who owes it', () => {
    for (const [code, { asks }] of Object.entries(informTexts)) {
      const { text, subject } = render('inform', { ...facts, prompt: code });
      expect(text).toContain(asks);
      expect(text).not.toContain(promptText(code, false).asks);
      expect(text).toContain('it is about something you take part in.');
      expect(text).toContain('you need not answer');
      expect(text).not.toMatch(/reminder|By: /);
      expect(subject).toBe('Please read: 1 message, Thu 6 Mar');
    }
    expect(informText('P5.2', true)).toBe(ITEM_NEWS);
    expect(informText('toString', false)).toBe(ITEM_NEWS);
  });

  test('a supervisor who names colleagues reads other words than a colleague who is asked (P8.2)', () => {
    expect(textKey('P8.2', 'P8.2:name:1:0')).toBe('P8.2:name');
    expect(textKey('P8.2', 'P8.2:prs_1:1')).toBe('P8.2');
    expect(textKey('P3.1', 'P3.1:told:1')).toBe('P3.1');
    expect(promptText('P8.2:name', false).asks).toContain('name who will be asked');
    expect(promptText('P8.2:name', true)).toBe(ITEM_WAITING);
    expect(promptTexts['P8.3'].asks + promptTexts['P8.4'].asks).not.toContain('yearly');
  });

  test('confidential items and unknown codes say only that an item is waiting', () => {
    expect(promptText('P7.1', true)).toBe(ITEM_WAITING);
    expect(promptText('toString', false)).toBe(ITEM_WAITING);
    const message = render('late', { ...facts, confidential: true });
    expect(message.text).toContain('An item is waiting for you.');
    expect(message.text).not.toContain('supervision');
    expect(message.subject).toBe('Please look now: 1 item was due Thu 6 Mar');
  });
});

describe('bodies', () => {
  test('say what, by when with the zone, why, how to change it and the reference, in both parts', () => {
    for (const template of templateCodes) {
      const message = render(template, {
        ...facts,
        recipientName: 'Priya Nair',
        link: 'https://hr.example/i/1',
      });
      for (const part of [message.text, message.html]) {
        expect(part).toContain('Hello Priya Nair,');
        expect(part).toContain('Thu 6 Mar 2025, 17:00 America/New_York');
        expect(part).toContain('Why you receive this');
        expect(part).toContain('How to change it');
        expect(part).toContain('H-204');
        expect(part).toContain('https://hr.example/i/1');
      }
      expect(message.subject).not.toMatch(/priya|nair/i);
    }
    expect(render('ask', facts).text).toContain('A supervision session is due.');
  });

  test('the daily list is grouped, soonest first, and hides what is confidential', () => {
    const line = (group: DigestLine['group'], ref: string, days_: number, more = {}): DigestLine => ({
      group,
      ref,
      prompt: 'P8.1',
      due: due + days_ * 86_400_000,
      link: `https://hr.example/i/${ref}`,
      ...more,
    });
    const lines = [
      line('week', 'W1', 3),
      line('late', 'L2', -1, { confidential: true }),
      line('late', 'L1', -2),
    ];
    const { subject, text, html: page } = render('digest', { ...facts, lines });
    expect(subject).toContain('3 items');
    const order = ['Late', 'L1', 'L2', 'This week', 'W1'].map((word) => text.indexOf(word));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(text).not.toContain('Today\n');
    expect(text).toContain('Wed 5 Mar: An item is waiting for you. (L2)');
    expect(page).toContain('href="https://hr.example/i/W1"');
  });

  test('markup in a value stays text', () => {
    const message = render('ask', { ...facts, recipientName: `<img src=x onerror="a('b')">&` });
    expect(message.html).toContain('Hello &lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;,');
    expect(message.html).not.toContain('<img');
    expect(html`<a href="${'"><script>'}">${[html`<b>${1}</b>`]}${null}</a>`.safe).toBe(
      '<a href="&quot;&gt;&lt;script&gt;"><b>1</b></a>',
    );
  });

  test('fields that could break out of their place are refused', () => {
    const bad = [
      { ref: 'H 204' },
      { link: 'javascript:alert(1)' },
      { link: 'http://hr.example/i' },
      { link: 'not a link' },
      { count: 0 },
      { recipientName: 'A\r\nBcc: x' },
      { zone: 'Mars/Olympus' },
      { due: Number.NaN },
    ];
    for (const change of bad) expect(() => render('ask', { ...facts, ...change })).toThrow(MailFieldInvalid);
    expect(render('ask', { ...facts, link: 'http://127.0.0.1:8080/i' }).text).toContain('127.0.0.1');
  });
});

describe('dates and ids', () => {
  test('times follow the zone over the change of clocks, midnight and noon included', () => {
    expect(fullTime(Date.parse('2025-03-09T06:59:00Z'), 'America/New_York', 'en-CA')).toBe(
      'Sun Mar 9 2025, 01:59 America/New_York',
    );
    expect(fullTime(Date.parse('2025-03-09T07:00:00Z'), 'America/New_York', 'en-GB')).toBe(
      'Sun 9 Mar 2025, 03:00 America/New_York',
    );
    expect(fullTime(Date.parse('2025-12-31T23:00:00Z'), 'Europe/Berlin', 'en-US')).toBe(
      'Thu Jan 1 2026, 12:00 am Europe/Berlin',
    );
    expect(fullTime(Date.parse('2025-06-02T12:05:00Z'), 'UTC', 'en-US')).toBe('Mon Jun 2 2025, 12:05 pm UTC');
  });

  test('one intent has one Message-ID that tells nothing', () => {
    const id = messageIdFor('org_a', 'employment-1/P7.1/r0/prs_1');
    expect(messageIdFor('org_a', 'employment-1/P7.1/r0/prs_1')).toBe(id);
    expect(messageIdFor('org_a', 'employment-1/P7.1/r1/prs_1')).not.toBe(id);
    expect(messageIdFor('org_b', 'employment-1/P7.1/r0/prs_1')).not.toBe(id);
    expect(isMessageId(id)).toBe(true);
    expect(id).not.toMatch(/employment|prs_|peer/);
    expect(() => messageIdFor('org_a', 'k', 'bad domain')).toThrow(MailFieldInvalid);
  });
});
