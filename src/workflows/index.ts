export { candidacy } from './candidacy.ts';
export { clock } from './clock.ts';
export { employment } from './employment.ts';
export { opening } from './opening.ts';
export { post } from './post.ts';
export { readiness } from './readiness.ts';
export { review } from './review.ts';
export { role } from './role.ts';
