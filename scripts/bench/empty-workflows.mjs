// A workflow that does nothing: what a bundle weighs before anything of ours is in it.
import { condition } from '@temporalio/workflow';

export async function empty() {
  await condition(() => true);
}
