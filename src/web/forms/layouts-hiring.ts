import type { Layout } from './layout.ts';

const reasonsHint = 'What of the job decided. Fit, health, gaps and “overqualified” are no reasons.';

/** Words for what panelists and screeners are asked for. */
export const hiringLayouts: Readonly<Record<string, Layout>> = {
  'opening/declare': {
    title: 'Can you judge here?',
    button: 'Send my answer',
    lead: 'For the whole search. No reason is asked, and no applicant is named. Whoever steps back is replaced.',
    done: 'Your word is recorded. Where you stepped back, HR fills the seat, and nothing more is asked of you.',
    fields: {
      answer: {
        label: 'Your answer',
        words: { none: 'I can: nothing ties me to any applicant', recuse: 'I step back from this search' },
      },
      attest: { label: 'I will not look any applicant up', when: ['answer', 'none'] },
    },
  },
  'opening/decline_seat': {
    title: 'Give back your seat on the panel',
    button: 'Give it back',
    lead: 'No reason is asked. An alternate is called, and what was handed in is kept.',
    done: 'Your seat passes on.',
  },
  'candidacy/offer_slots': {
    title: 'Offer times to choose from',
    button: 'Offer these times',
    lead: 'They choose one by a link in our message, without an account. The meeting is set by their choice, and stands in the calendars of all who take part.',
    done: 'The message with the link is on its way. You are told here when they have chosen.',
    fields: {
      slots: {
        label: 'Beginnings to choose from',
        hint: 'Days and times of the site, up to eight. A time that somebody of the panel cannot make is not taken.',
      },
    },
  },
  'candidacy/note_availability': {
    title: 'Note when a panelist can',
    button: 'Note it',
    lead: 'Times are offered to a candidate only where everybody who said when they can come is free. What is noted here replaces what was noted of the same person before.',
    done: 'It is noted, and counts for the times that are offered from now on.',
    fields: {
      rater: { label: 'Who of the panel' },
      windows: {
        label: 'When they can come',
        hint: 'Days and times of the site. The whole meeting has to fit in.',
      },
    },
  },
  'opening/confirm_attendance': { title: 'Will you be there?', button: 'I will be there' },
  'candidacy/submit_sheet': {
    title: 'Your rating sheet',
    button: 'Hand it in',
    lead: 'Yours alone until every sheet is in. Then you see the others’, and they see yours.',
    done: 'Your sheet is in.',
  },
  'opening/state_consensus': {
    title: 'What the panel found',
    button: 'Record it for the panel',
    lead: 'For everybody in the running, as the panel said it together. Everybody on the panel then agrees, or says where they do not.',
    done: 'It is recorded. The others of the panel are asked whether they agree.',
    fields: {
      results: {
        label: 'Everybody in the running',
        each: true,
        entry: {
          outcome: {
            label: 'What the panel found',
            ranked: 'recommend_',
            words: { acceptable: 'Acceptable', not_recommended: 'Not recommended' },
          },
          reasons: { label: 'Reasons', hint: reasonsHint },
        },
      },
    },
  },
  'opening/answer_consensus': {
    title: 'Agree, or say where you do not',
    button: 'Send my answer',
    lead: 'With nothing added you agree with what was found. A dissent is kept with your name.',
    done: 'Your answer is in.',
    fields: { dissents: { label: 'Where you do not agree' } },
  },
  'opening/select': {
    title: 'Decide the selection',
    button: 'Propose this selection',
    lead: 'One word for everybody in the running, with what it rests on. HR confirms it; only then is anybody told.',
    done: 'It is proposed. HR confirms it, and then everybody is told.',
    fields: {
      outcomes: {
        label: 'Everybody in the running',
        each: true,
        entry: {
          outcome: {
            label: 'Outcome',
            words: { select: 'Select', reserve: 'In reserve', not_selected: 'Not selected' },
          },
          rank: {
            label: 'Place in the order',
            hint: 'Among those in reserve, or among several selected: 1 is asked first.',
            when: ['outcome', 'select', 'reserve'],
          },
          reasons: { label: 'Reasons', hint: reasonsHint },
        },
      },
    },
  },
  'opening/report_incident': {
    title: 'Report a question nobody may ask',
    button: 'Report it',
    lead: 'Which kind of question it was; what was answered is never written down.',
    done: 'HR looks into it.',
    fields: {
      question: { label: 'What the question was about' },
      candidacy: { label: 'In whose conversation' },
    },
  },
  'candidacy/screen': { title: 'Your screening view', button: 'Hand it in', done: 'Your view is in.' },
};
