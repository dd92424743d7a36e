// What our workflows add to a bundle: code and source map, as it is shipped.
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
      ...{ value: shipped, goal: 60_000, shown: kb(shipped) },
      note: `as shipped, with its source map; code alone ${kb(bare)}; in all ${kb(bytes(ours))} / ${kb(bytes(empty))}`,
    },
  ];
}
