import type { Dated } from './northside-dates.ts';

/** What must stand in a rehearsal, and when nothing may: written down by hand from the rules, not from a play. */
export interface Story {
  readonly decisions: readonly Dated[];
  /** Nothing that matches happens in the case from one moment until another. */
  readonly periods: readonly (readonly [word: string, kind: RegExp, from: string, until: string])[];
}

/** A search that fails and is opened anew: X3, X4, X6. */
const failedSearch: Story = {
  decisions: [
    ['2026-01-09', 'readiness', 'readiness_accepted', { gate: 'G0' }],
    ['2026-01-21', 'role', 'version_adopted', { version: 1 }],
    ['2026-01-22', 'role', 'duties_screened', { list: 1, result: 'pass', core: 80, support: 20 }],
    ['2026-01-23', 'role', 'role_described', { version: 1 }],
    ['2026-02-09', 'first', 'posted', { closeOn: '2026-02-24' }],
    ['2026-02-18', 'c204', 'outcome_told', { outcome: 'not_advanced' }],
    ['2026-02-19', 'c203', 'screening_settled', { how: 'hr', outcome: 'advance' }],
    ['2026-02-24', 'first', 'posting_closed', { openDays: 15 }],
    ['2026-02-25', 'first', 'pool_accepted', { outcome: 'proceed' }],
    // X6: asked at T-5 and T-1, silent, so the alternate is called in; a sheet that stays out is asked for at +1 and +2.
    ['2026-02-26', 'first', 'prompted', { code: 'P4.2', to: ['@omar'] }],
    ['2026-03-04', 'first', 'prompted', { code: 'P4.2', to: ['@omar'] }],
    ['2026-03-04', 'first', 'alternate_called', { seat: 'panel:3', left: '@omar' }],
    ['2026-03-06', 'c201', 'prompted', { code: 'P4.3', to: ['@yuki'] }],
    ['2026-03-09', 'c201', 'prompted', { code: 'P4.3', to: ['@yuki'] }],
    ['2026-03-10', 'first', 'rater_dropped', { rater: '@yuki' }],
    ['2026-03-10', 'first', 're_interview_ordered', { candidacies: ['#c201', '#c202', '#c203'] }],
    ['2026-03-10', 'first', 'seat_refilled', { seat: 'panel:3' }],
    ...['c201', 'c202', 'c203'].map((word): Dated => ['2026-03-10', word, 'interview_again']),
    ...['c201', 'c202', 'c203'].map((word): Dated => [
      '2026-03-17',
      word,
      'interview_held',
      { on: '2026-03-17' },
    ]),
    [
      '2026-03-18',
      'first',
      'selection_confirmed',
      { granted: [{ candidacy: '#c201', seat: 1 }], reserved: ['#c202', '#c203'], until: '2026-06-16' },
    ],
    ['2026-03-19', 'c201', 'offer_sent', { amount: 1900, expires: '2026-03-26' }],
    // X3: the first choice withdraws, one lets the offer expire, one declines.
    ['2026-03-23', 'c201', 'withdrawn'],
    ['2026-03-24', 'first', 'next_offered', { candidacy: '#c202', seat: 1 }],
    ['2026-03-27', 'c202', 'prompted', { code: 'P5.1', to: ['@c202'] }],
    ['2026-03-31', 'c202', 'offer_extended', { expires: '2026-04-07' }],
    ['2026-04-07', 'c202', 'offer_expired', { version: 1 }],
    ['2026-04-08', 'first', 'next_offered', { candidacy: '#c203', seat: 1 }],
    ['2026-04-10', 'c203', 'offer_declined', { reason: 'pay' }],
    // X4: what the posting lacked is recorded, and what follows.
    ['2026-04-13', 'first', 'search_failed', { reasons: ['lacked_pay', 'lacked_reach'], next: 'asked' }],
    ['2026-04-14', 'first', 'search_followed', { next: 'revise_pay' }],
    ['2026-04-15', 'role', 'pay_decided', { outcome: 'approved', low: 1950, high: 2150 }],
    ['2026-04-15', 'role', 'description_approved', { by: '@nadia' }],
    ['2026-04-15', 'second', 'opening_opened', { after: '#first', roleVersion: 1 }],
    ['2026-05-11', 'second', 'prompted', { code: 'P3.4', rung: 'D14' }],
    ['2026-05-11', 'second', 'posting_closed', { openDays: 14 }],
    ['2026-05-12', 'second', 'pool_accepted', { outcome: 'proceed_with_exception' }],
    ['2026-05-20', 'second', 'selection_confirmed', { granted: [{ candidacy: '#c205', seat: 1 }] }],
    ['2026-05-21', 'c205', 'offer_sent', { amount: 2050, expires: '2026-05-29' }],
    ['2026-06-03', 'c205', 'check_settled', { outcome: 'clear' }],
    ['2026-06-12', 'c205', 'hired', { dayOne: '2026-06-15' }],
    ['2026-06-12', 'second', 'seat_filled', { candidacy: '#c205', seat: 1 }],
    ['2026-06-15', 'employment', 'welcomed', { on: '2026-06-15' }],
  ],
  periods: [
    // Whoever withdrew hears nothing more (X1), whoever let an offer go by is not reminded of it.
    ['c201', /prompted.*"to":\[[^\]]*c201|status_note/, '2026-03-23 10:00', '2027'],
    ['c202', /prompted.*P5\.1/, '2026-04-07 17:00', '2027'],
    // Once what follows was said, the failed search owes nobody anything.
    ['first', /prompted/, '2026-04-14 10:00', '2027'],
    // Other pay is approved with the description again, in days of its own: nobody is late with it (D2.8, P2.3).
    ['role', /D2\.8|answered_late/, '2026-04-14 10:00', '2027'],
    // A rater who was dropped is asked for no sheet any more, in no candidacy.
    ...['c201', 'c202', 'c203'].map((word) => [word, /prompted.*yuki/, '2026-03-10 11:00', '2027'] as const),
  ],
};

/** A record found, twice; and a check that is late: X7, X8. */
const backgroundFinding: Story = {
  decisions: [
    [
      '2026-03-25',
      'opening',
      'selection_confirmed',
      {
        granted: [
          { candidacy: '#c301', seat: 1 },
          { candidacy: '#c302', seat: 2 },
        ],
        reserved: ['#c303'],
      },
    ],
    ['2026-03-31', 'c301', 'check_ordered', { clock: '#check-one' }],
    ['2026-03-31', 'c302', 'check_ordered', { clock: '#check-two' }],
    // X7: told every five business days, to the thirtieth, which is HR's.
    ...['2026-04-07', '2026-04-14', '2026-04-21', '2026-04-28', '2026-05-05'].map((on): Dated => [
      on,
      'c301',
      'prompted',
      { code: 'P5.2', to: ['@c301'] },
    ]),
    ['2026-05-12', 'check-one', 'check_slowed', { businessDays: 30 }],
    ['2026-05-12', 'c301', 'check_slow', { businessDays: 30 }],
    ['2026-05-13', 'check-one', 'wait_prolonged'],
    ['2026-05-13', 'c301', 'start_set', { on: '2026-06-01', moved: true }],
    // X8: both notices, and at least five business days and seven days between them.
    ['2026-04-08', 'check-two', 'check_recorded', { outcome: 'pre_adverse', given: '2026-04-08' }],
    ['2026-04-16', 'check-two', 'adverse_proposed', { by: '@vic', reason: 'related_to_duties' }],
    ['2026-04-20', 'check-two', 'adverse_confirmed', { by: '@vic', confirmedBy: '@lena' }],
    ['2026-04-20', 'c302', 'check_settled', { outcome: 'adverse' }],
    ['2026-04-21', 'c302', 'offer_rescinded', { reason: 'RC_CHECK' }],
    ['2026-04-22', 'opening', 'next_offered', { candidacy: '#c303', seat: 2 }],
    // X8: a reply opens the assessment again, and it ends clear.
    ['2026-05-15', 'check-one', 'check_recorded', { outcome: 'pre_adverse', given: '2026-05-15' }],
    ['2026-05-19', 'check-one', 'reply_received', { by: '@c301' }],
    ['2026-05-26', 'check-one', 'check_assessed', { by: '@vic' }],
    ['2026-05-26', 'check-one', 'check_recorded', { outcome: 'cleared_after_assessment' }],
    ['2026-05-26', 'c301', 'check_settled', { outcome: 'clear' }],
    ['2026-05-28', 'c301', 'hired', { dayOne: '2026-06-01' }],
    // X7: shadowing only, until the check is back.
    ['2026-05-27', 'c303', 'start_set', { on: '2026-06-01', conditional: true }],
    ['2026-05-28', 'c303', 'hired', { dayOne: '2026-06-01' }],
    ['2026-05-28', 'employment-three', 'employment_started', { conditional: true }],
    ['2026-06-02', 'c303', 'check_settled', { outcome: 'clear' }],
  ],
  periods: [
    // Between the finding and the end of it, the candidacy says nothing but that the check is under way.
    ['c302', /settled|rescind|adverse|assess/, '2026-04-06 10:00', '2026-04-20 13:10'],
    ['c301', /settled|rescind|adverse|assess/, '2026-05-14 10:00', '2026-05-26 14:00'],
    // Who was told the end of it is asked for nothing more.
    ['c302', /prompted/, '2026-04-22 10:00', '2027'],
  ],
};

export const stories: Readonly<Record<string, Story>> = {
  'failed-search': failedSearch,
  'background-finding': backgroundFinding,
};
