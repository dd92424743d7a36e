// Bundles of the bench's own workflows, made as the product makes its own.
import { fileURLToPath } from 'node:url';
import { load } from './dist.mjs';

const { bundleWorkflows } = await load('worker/bundle.js');

/** @param name a file beside this one. @returns the code of the bundle */
export function bundleOf(name) {
  return bundleWorkflows(fileURLToPath(new URL(name, import.meta.url)));
}
