import { describe, expect, it } from 'vitest';
import { site } from './house.ts';
import { background, candidacy, clockOn, director, hr, someone, started } from './clock-house.ts';

/** X30 as every case understands it; what becomes of the text itself is the ledger's (test/server/vault). */

const text = 'txt_note_text';

describe('X30: a text that does not belong where it stands', () => {
  it('X30 owes HR a look within 1 bd, and settles what was hidden by somebody else', () => {
    const one = started('2025-04-17', 'background', candidacy);
    const before = one.obligations.length;
    one.must(background, 'redact_text', { text });
    const owed = one.obligations.find((entry) => entry.code === 'X30');
    expect(owed).toMatchObject({ owner: `hr@${site}`, visibility: 'C3' });
    expect(new Date(owed?.due ?? 0).toISOString().slice(0, 10)).toBe('2025-04-18');
    expect(one.ask(background, 'redact_text', { text })).toMatchObject({ code: 'nothing_to_do' });
    expect(one.ask(someone, 'settle_redaction', { outcome: 'deleted' })).toMatchObject({
      code: 'not_permitted',
    });
    one.must(hr, 'settle_redaction', { outcome: 'deleted' });
    expect(one.obligations).toHaveLength(before);
    expect(one.rows.at(-1)?.body).toEqual({ text, outcome: 'deleted' });
  });

  it('X30 is no decision of one person alone, and asks which where several are hidden', () => {
    const one = started('2025-04-17', 'background', candidacy);
    one.must(hr, 'redact_text', { text });
    expect(one.ask(hr, 'settle_redaction', { outcome: 'deleted' })).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(someone, 'redact_text', { text: 'txt_note_other' });
    expect(one.ask(director, 'settle_redaction', { outcome: 'deleted' })).toMatchObject({
      missing: [{ code: 'which_text' }],
    });
    one.must(director, 'settle_redaction', { text, outcome: 'restored' });
    one.must(hr, 'settle_redaction', { outcome: 'vaulted' });
    // The same text hidden once more is another thing owed.
    one.must(someone, 'redact_text', { text });
    expect(one.obligations.filter((entry) => entry.code === 'X30')).toHaveLength(1);
  });

  it('X30 brings a case that is over back until HR has looked, and climbs when nobody does', () => {
    const one = started('2025-04-17', 'background', candidacy);
    one.must(background, 'record_check', { outcome: 'clear' });
    expect(one.standing?.status).toBe('final');
    one.must(background, 'redact_text', { text });
    expect(one.standing?.status).toBe('closed');
    one.moveTo('2025-05-02');
    expect(one.sentTo(`hr@${site}`).length).toBeGreaterThan(1);
    expect(one.prompts.every((prompt) => prompt.visibility === 'C3')).toBe(true);
    one.must(hr, 'settle_redaction', { outcome: 'deleted' });
    expect(one.standing?.status).toBe('final');
  });

  it('X30 refuses a case nobody opened', () => {
    expect(clockOn('2025-04-17').ask(hr, 'redact_text', { text })).toMatchObject({ code: 'not_open' });
  });
});
