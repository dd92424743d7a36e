// Bundles of the bench's own workflows, made as the product makes its own.
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { load } from './dist.mjs';

const { FAILURE_CONVERTER_PATH } = await load('directory/codec.js');
const noLog = () => undefined;
const logger = { log: noLog, trace: noLog, debug: noLog, info: noLog, warn: noLog, error: noLog };

/** @param name a file beside this one. @returns the code of the bundle */
export async function bundleOf(name) {
  const workflowsPath = fileURLToPath(new URL(name, import.meta.url));
  const { code } = await bundleWorkflowCode({
    ...{ workflowsPath, logger, failureConverterPath: FAILURE_CONVERTER_PATH },
  });
  return code;
}
