// What our workflows add to a bundle: code, and beside it the source map.
import { load } from './dist.mjs';
import { bundleOf } from './bundles.mjs';
import { kb } from './numbers.mjs';

const { workflowBundle } = await load('worker/bundle.js');

const withoutMap = (code) => code.replace(/\n\/\/# sourceMappingURL=.*$/s, '');

export async function bundleRows() {
  const ours = (await workflowBundle()).code;
  const empty = await bundleOf('empty-workflows.mjs');
  const bytes = (code) => Buffer.byteLength(code);
  const shipped = bytes(ours) - bytes(empty);
  const bare = bytes(withoutMap(ours)) - bytes(withoutMap(empty));
  return [
    {
      ...{ id: 'bundle', what: "the workflow bundle, over an empty workflow's", unit: 'bytes' },
      ...{ value: bare, goal: 60_000, shown: kb(bare) },
      note: `code; with its source maps, which only stack traces need, ${kb(shipped)}; in all ${kb(bytes(ours))} / ${kb(bytes(empty))}`,
    },
  ];
}
