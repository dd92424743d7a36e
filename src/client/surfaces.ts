export { SURFACES } from '../guards/words.ts';
