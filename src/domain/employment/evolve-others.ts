import type { OthersBodies } from './events-others.ts';
import type { Folds } from './folding.ts';

export const othersFolds: Folds<keyof OthersBodies> = {
  networking_recorded: (state, { body }) => ({
    ...state,
    others: { ...state.others, networked: body.on },
  }),
  reflection_group_recorded: (state, { body }) => ({
    ...state,
    others: { ...state.others, reflected: body.on },
  }),
};
