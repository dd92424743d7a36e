import type { Layout } from './layout.ts';

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
  'opening/confirm_attendance': { title: 'Will you be there?', button: 'I will be there' },
  'candidacy/submit_sheet': {
    title: 'Your rating sheet',
    button: 'Hand it in',
    lead: 'Yours alone until every sheet is in. Then you see the others’, and they see yours.',
    done: 'Your sheet is in.',
  },
  'candidacy/screen': { title: 'Your screening view', button: 'Hand it in', done: 'Your view is in.' },
};
