/** Stages in the order of a life, over all kinds of case; one that is not named here comes last. */
const inOrder: readonly string[] = [
  ...[
    'preparing',
    'draft',
    'definition',
    'defining',
    'duties',
    'description',
    'described',
    'planned',
    'not_ready',
    'ready',
  ],
  ...[
    'posted',
    'screening',
    'pool',
    'interview',
    'interviews',
    'rating',
    'selection',
    'reserve',
    'offer',
    'filled',
  ],
  ...['preboarding', 'hired', 'adoption', 'onboarding', 'supervision', 'leave', 'leaving'],
  ...['open', 'self', 'sides', 'talk', 'response', 'goals', 'closed', 'ended', 'final'],
];

const placeOf = (stage: string): number => {
  const found = inOrder.indexOf(stage);
  return found < 0 ? inOrder.length : found;
};

/** @returns the stages that occur, each once, first things first */
export const ordered = (stages: readonly string[]): readonly string[] =>
  [...new Set(stages)].sort((a, b) => placeOf(a) - placeOf(b));
