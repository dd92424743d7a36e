import type { Layout } from './layout.ts';

/** Words for what somebody asks or reports in confidence. */
export const clockLayouts: Readonly<Record<string, Layout>> = {
  'clock/report_concern': {
    title: 'Report something in confidence',
    button: 'Send it to the officer',
    lead: 'Only the office you choose reads this. Neither your supervisor nor HR does, and nobody may make you pay for it.',
    done: 'The officer has it, and tells you that they do. Only you and they can read it.',
    fields: {
      site: { known: true },
      person: { known: true },
      parent: { known: true },
      concern: {
        label: 'What it is about',
        words: {
          harassment: 'Harassment, or being treated badly',
          forced_disclosure: 'I was pressed to tell my story',
          talked_about: 'Somebody talked about what is mine to tell',
        },
      },
      to: { label: 'Who looks into it' },
      against: {
        label: 'Whom it is about',
        hint: 'You need not say it. Whoever is named here looks into nothing.',
      },
      text: { label: 'What happened', hint: 'As much or as little as you want.' },
    },
  },
  'clock/request_accommodation': {
    title: 'Ask for an arrangement',
    button: 'Ask the officer',
    lead: 'Something in the way you work that should be otherwise. You need not say why; the officer talks with you.',
    done: 'The officer has your request. Nobody else learns more than that something is asked for.',
    fields: {
      site: { known: true },
      person: { known: true },
      parent: { known: true },
      text: { label: 'What would help', hint: 'You need not say why, and you can leave it empty.' },
    },
  },
  'clock/open_leave': {
    title: 'Ask for a leave',
    button: 'Ask the officer',
    lead: 'Your supervisor sees the days, and never why.',
    done: 'The leave officer has your request.',
    fields: {
      site: { known: true },
      person: { known: true },
      employment: { known: true },
      from: { label: 'First day away' },
      to: { label: 'First day back' },
    },
  },
  'clock/reply': { title: 'Reply', button: 'Send it' },
  'clock/close_request': { title: 'Close my request', button: 'Close it' },
  'clock/cancel_leave': { title: 'Take the leave back', button: 'Take it back' },
};
