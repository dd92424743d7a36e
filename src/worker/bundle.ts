import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../directory/codec.ts';

const prebuilt = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
const entry = fileURLToPath(
  new URL(`../workflows/index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

const noLog = (): void => undefined;
const quietLogger = { log: noLog, trace: noLog, debug: noLog, info: noLog, warn: noLog, error: noLog };

/**
 * Bundles workflow code. Takes about a second, so a build does it ahead. Its source map, which only stack traces need, names
 * files and lines and holds no sources: the worker reads the whole of it at each start, twice.
 * @param workflowsPath the module whose exports are the workflows; the product's own unless given
 */
export async function bundleWorkflows(workflowsPath: string = entry): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
    logger: quietLogger,
  });
  return code;
}

/** @returns the bundle the build made, or one made now when the sources are run directly. */
export async function workflowBundle(): Promise<{ code: string }> {
  return { code: existsSync(prebuilt) ? readFileSync(prebuilt, 'utf8') : await bundleWorkflows() };
}
