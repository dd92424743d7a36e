import { dayPlus, rollForward } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { lacksSpecial } from '../review/special.ts';
import { today } from './deciding.ts';
import type { Deciders } from './deciding.ts';
import { happened } from './events.ts';

/** Reviews beside the plan (D8.1 `special`). */
export const reviewing: Deciders<'open_special_review'> = {
  /**
   * D8.1 `special`, by HR. R8.1 BLOCK: only under a rule by which other staff of the site are reviewed too, and with no
   * less notice than the reviews of the plan. One at a time.
   */
  open_special_review(state, ask, ctx) {
    const { rule, due: named } = ask.command.payload;
    const { calendar, policy, comparator } = ctx.terms;
    const lacking = lacksSpecial(comparator, rule);
    if (lacking !== null) return blocked('R8.1', lacking);
    const now = today(ask, ctx);
    if (now < state.job.dayOne) return notNow('D8.1', { code: 'before_day_one' });
    if (state.ending.how !== null) return notNow('D9.5', { code: 'separation_set', about: state.ending.how });
    if (state.reviews.special !== undefined)
      return notNow('D8.1', { code: 'already_open', about: state.reviews.special });
    const first = dayPlus(calendar, now, num(policy, 'D8.1', 'opens_before_d'));
    const due = rollForward(calendar, named);
    if (due < first) return blocked('D8.1', { code: 'notice_of_other_reviews', about: first });
    const review = ctx.childId('review', `special:${ctx.sequence}`);
    return [happened('review_opened', { review, cycle: 'special', due, periodEnd: due, round: null, rule })];
  },
};
