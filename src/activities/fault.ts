/**
 * Places at which a test lets this process die: `PEER_HIRE_FAULT=<place>:<n>` kills it on the n-th pass, as `kill -9`
 * would. Without the variable nothing happens.
 */
export type FaultPlace =
  'step.after_commit' | 'deliver.after_claim' | 'deliver.after_send' | 'deliver.after_notice';

const [place, pass] = (process.env['PEER_HIRE_FAULT'] ?? '').split(':');
let left = Number(pass ?? 1);

export function faultPoint(here: FaultPlace): void {
  if (here !== place) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
