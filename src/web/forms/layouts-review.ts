import type { Layout } from './layout.ts';

const rated =
  'Whole numbers of the scale. What is below the line rests on an earlier session or action, named under “rests on”.';

/** Words for the forms of reviews. */
export const reviewLayouts: Readonly<Record<string, Layout>> = {
  'review/keep_self_review': {
    title: 'Keep your own text for later',
    button: 'Keep it for me',
    lead: 'Nobody else reads it until you share it.',
    done: 'It is kept for you alone. Share it when it is ready.',
    fields: { text: { label: 'How the period was, in your own words' } },
  },
  'review/share_self_review': {
    title: 'Share your own text',
    button: 'Share it',
    lead: 'Once shared, your supervisor and HR read it, beside their own. What you leave empty is taken from what you kept.',
    done: 'Your text is shared. It stands beside what your supervisor writes.',
    fields: { text: { label: 'How the period was, in your own words' } },
  },
  'review/choose_colleagues': {
    title: 'Whom to ask for feedback',
    button: 'Ask them',
    done: 'They are asked for feedback.',
    fields: { colleagues: { label: 'Colleagues' } },
  },
  'review/decline_feedback': {
    title: 'I would rather not give feedback',
    button: 'I would rather not',
    lead: 'No reason is asked. Somebody else is named in your place.',
    done: 'Whoever asked you names somebody else.',
  },
  'review/share_feedback': {
    title: 'Share your feedback',
    button: 'Share it',
    lead: 'About the work. It reaches the person with the review that rests on it.',
    done: 'Your feedback is shared.',
  },
  'review/keep_feedback': { title: 'Keep your feedback for later', button: 'Keep it for me' },
  'review/submit_draft': {
    title: 'Write the review',
    button: 'Hand it in',
    lead: 'Form and scale are those of everybody here. It stays closed to the person until you share it.',
    done: 'Your draft is in. HR compares it with the standard for all staff; then share it and talk about it.',
    fields: {
      form: { label: 'Form', known: true },
      scale: { label: 'Scale', known: true },
      text: {
        label: 'What went well, and what comes next',
        hint: 'About the work. What explains by health is sent back.',
      },
      ratings: { label: 'Ratings', hint: rated },
      overall: { label: 'Overall' },
      followUps: { label: 'What follows', hint: 'At least one; “none” stands alone.' },
      goals: { label: 'Goals', hint: 'Where a goal follows, say it here.' },
      cites: {
        label: 'What a low rating rests on',
        folded: true,
        hint: 'For each low rating: session:2026-07-14, or action: and its reference.',
      },
    },
  },
  'review/share_draft': {
    title: 'Share the draft with the person',
    button: 'Share it',
    lead: 'They read it before you talk. Else they read it from the talk on.',
    done: 'The person can read it now.',
  },
  'review/hold_talk': {
    title: 'The talk took place',
    button: 'Record it',
    done: 'The talk is recorded.',
    fields: { held: { label: 'On which day' } },
  },
  'review/respond': {
    title: 'Answer your review',
    button: 'Send my answer',
    lead: 'To sign is to say that you have read it, not that you agree. Not signing is an answer too, and none of them passes or fails you.',
    done: 'Your answer stands in the review, and nothing is asked of you about it any more.',
    fields: {
      response: {
        label: 'Your answer',
        words: {
          signed: 'I have read it, and sign',
          signed_with_comment: 'I have read it, and sign with a comment',
          disputed: 'I dispute it: HR looks at it',
          refused: 'I do not sign',
        },
      },
      comment: {
        label: 'What you want to say',
        hint: 'It stays beside the review.',
        when: ['response', 'signed_with_comment', 'disputed', 'refused'],
      },
    },
  },
  'review/check_goals': {
    title: 'How the goals stand',
    button: 'Record it',
    done: 'It stands in the review.',
    fields: { state: { label: 'They are' }, held: { label: 'Talked about on' } },
  },
  'review/check_standard': {
    title: 'Is the standard the same for all?',
    button: 'Record it',
    fields: {
      result: { words: { same_as_comparator: 'The same as for all staff', differs: 'It differs' } },
      justification: { when: ['result', 'differs'] },
    },
  },
};
