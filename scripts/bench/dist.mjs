// Where the built product lies: dist/ beside the sources, or another folder named by PEER_HIRE_DIST.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const named = process.env['PEER_HIRE_DIST'];
export const dist = named === undefined ? new URL('../../dist/', import.meta.url) : folderUrl(resolve(named));
/** Folder that holds `dist/`, `policies/` and `scenarios/`. */
export const root = new URL('../', dist);

function folderUrl(path) {
  return pathToFileURL(`${path}/`);
}

/** @returns a module of the built product, e.g. `load('client/decide.js')`. */
export function load(path) {
  return import(new URL(path, dist).href);
}
