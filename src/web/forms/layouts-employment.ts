import type { Layout } from './layout.ts';

/** Words for the forms of the first months and of supervision. */
export const employmentLayouts: Readonly<Record<string, Layout>> = {
  'employment/log_session': {
    title: 'Record the session',
    button: 'Record it',
    lead: 'What was talked about as topics, and what you agreed to do. There is no field for what was said.',
    done: 'The session is recorded, and the other of you is asked to confirm it.',
    fields: {
      session: { label: 'Session planned for', known: true },
      outcome: {
        label: 'What became of it',
        known: true,
        words: {
          held: 'It was held',
          missed_supervisor: 'Not held: the supervisor could not',
          missed_employee: 'Not held: the employee could not',
        },
      },
      on: {
        label: 'Held on another day',
        hint: 'Leave it empty if it was held as planned.',
        when: ['outcome', 'held'],
      },
      minutes: { label: 'How many minutes', when: ['outcome', 'held'], needed: true },
      mode: { label: 'How', when: ['outcome', 'held'], needed: true },
      topics: { label: 'What it was about', when: ['outcome', 'held'], needed: true },
      actions: { label: 'What you agreed to do', when: ['outcome', 'held'] },
      note: {
        label: 'A note about the work',
        hint: 'Never about health, and nothing of what people served said.',
      },
    },
  },
  'employment/move_session': {
    title: 'Move the session',
    button: 'Move it',
    lead: 'Both of you see the new day at once, and the calendar file follows.',
    done: 'The session has a new day.',
    fields: { session: { label: 'Session planned for', known: true }, to: { label: 'To which day' } },
  },
  'employment/confirm_session': {
    title: 'Say something to this line',
    button: 'Send what I say',
    lead: 'You see every line about you. Agree with it, or say that it was otherwise: your words stay beside it.',
    done: 'What you said stands beside the line.',
    fields: {
      session: { label: 'Session planned for', known: true },
      view: {
        label: 'Is the line right?',
        words: { agrees: 'Yes, it is right', differs: 'No, it was otherwise: HR looks at it' },
      },
      comment: { label: 'What you want to say' },
    },
  },
  'employment/put_on_agenda': {
    title: 'Put something on the agenda',
    button: 'Put it down',
    lead: 'For the next session. Topics only: what about it, you say to each other.',
    done: 'It stands on the agenda of the next session.',
    fields: { topics: { label: 'What about' } },
  },
  'employment/ask_extra_session': {
    title: 'Ask for an extra session',
    button: 'Ask for it',
    lead: 'You need not say why. It cannot be declined: your supervisor names a day, within three working days.',
    done: 'Your supervisor is asked to name a day.',
  },
  'employment/plan_extra_session': {
    title: 'Give the extra session a day',
    button: 'This day',
    lead: 'It was asked for, and cannot be declined. A working day, today or later.',
    done: 'The extra session has a day, and both of you see it.',
    fields: { on: { label: 'On which day' } },
  },
  'employment/close_action': {
    title: 'Close what was agreed',
    button: 'Close it',
    done: 'It is off the list of open actions.',
    fields: { action: { label: 'Which', known: true }, outcome: { label: 'What became of it' } },
  },
  'employment/answer_pulse': {
    title: 'How was the month spent?',
    button: 'Send my answer',
    lead: 'Each of the two says it alone; neither sees the other’s answer before their own is in. It is about the role, never about the person.',
    done: 'Your answer is in. The other’s is open to you once both are.',
    sum: { of: ['core', 'support', 'shared', 'nonPeer'], to: 100 },
    fields: {
      month: { label: 'Month', known: true },
      core: { label: 'The heart of the role: time with people, in per cent' },
      support: { label: 'What supports it: notes, preparation, learning, in per cent' },
      shared: { label: 'What the whole team shares, in per cent' },
      nonPeer: { label: 'What is not of the role, in per cent' },
      prohibited: { label: 'Was any of this asked for this month?' },
    },
  },
  'employment/answer_integration': {
    title: 'Part of the team?',
    button: 'Send my answer',
    lead: 'Tick what is not as it should be; leave all empty if it is. Whoever is new answers first, and the supervisor only afterwards.',
    done: 'Your answer is in. What you ticked becomes something to do, with a date.',
    fields: {
      no: {
        label: 'What is not as it should be',
        words: {
          team_meetings: 'Not invited to team meetings',
          committees: 'No part in committees',
          email_lists: 'Missing on the mail lists of the team',
          asked_for_view: 'Not asked for a view',
          workspace: 'No place to work',
          systems: 'Systems are missing',
        },
      },
    },
  },
  'employment/answer_ready': {
    title: 'Ready to work alone?',
    button: 'Send my answer',
    done: 'Your answer is recorded.',
    fields: {
      outcome: { label: 'Ready?', words: { yes: 'Yes', not_yet: 'Not yet' } },
      missing: {
        label: 'What is missing',
        hint: 'One word or two for each, such as systems_training.',
        when: ['outcome', 'not_yet'],
      },
    },
  },
  'employment/propose_drift_review': {
    title: 'What follows from it for the role?',
    button: 'Propose it',
    lead: 'First the role and what surrounds it are looked at, never first the person. Employee, supervisor and an independent adviser agree; nothing is settled before all three have.',
    done: 'Your proposal is there for the other two to agree to.',
    fields: {
      outcome: {
        label: 'What you propose',
        words: {
          duties_removed: 'These duties go to somebody else',
          role_reopened: 'The description of the role is looked at anew',
          training: 'Training',
          accepted_temporary_until: 'It stays for a while, until a day',
          no_drift: 'Nothing has moved apart',
        },
      },
      duties: { label: 'Which duties' },
      until: { label: 'Until', when: ['outcome', 'accepted_temporary_until'], needed: true },
      element: { label: 'Which element of the role', when: ['outcome', 'role_reopened'], needed: true },
      kind: {
        label: 'Where it comes from',
        hint: 'Left empty, it is taken as a matter of the organization.',
        when: ['outcome', 'duties_removed', 'role_reopened', 'training', 'accepted_temporary_until'],
        words: {
          organizational: 'The organization: what is asked for, staffing, places',
          individual: 'Skills of the person',
          both: 'Both',
          none: 'Neither',
        },
      },
    },
  },
  'employment/agree_drift_review': {
    title: 'Agree to what is proposed for the role',
    button: 'I agree',
    done: 'You agreed. Once all three have, it is settled.',
  },
  'employment/settle_item': {
    title: 'An item of the first months',
    button: 'Record it',
    done: 'The item is settled.',
    fields: {
      item: { label: 'Item', known: true },
      outcome: {
        label: 'What became of it',
        words: { done: 'Done', not_needed: 'Not needed', late: 'It needs longer' },
      },
      due: { label: 'Until', when: ['outcome', 'late'], needed: true },
    },
  },
  'employment/record_observation': {
    title: 'Record that practice was observed',
    button: 'Record it',
    lead: 'Only with the consent of the person served, who is never named.',
  },
  'employment/record_reflection_group': { title: 'Record the reflection group', button: 'Record it' },
  'employment/record_networking': { title: 'Record the time for networking', button: 'Record it' },
  'employment/propose_growth_plan': { title: 'Propose a plan for growth', button: 'Propose it' },
  'employment/answer_growth_plan': { title: 'Answer the plan for growth', button: 'Send my answer' },
  'employment/set_session_time': { title: 'Set the day and time of sessions', button: 'Set it' },
};
