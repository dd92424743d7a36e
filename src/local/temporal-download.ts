import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Guardian } from './guardian.ts';
import { TEMPORAL_CLI } from './temporal-version.ts';
import { runProgram } from './programs.ts';
import { waiting } from './say.ts';
import type { Say } from './say.ts';

/** A program in a folder that the guardian removes at the end (the caller moves it out first), or why there is none. */
export type Got = { readonly program: string } | { readonly failed: string };

/** Who hears about the progress, and who takes care of what is half done. */
export interface Care {
  readonly say: Say;
  readonly guardian: Guardian;
}

const SITE = 'https://temporal.download';
const ANSWER_WITHIN_MS = 8000;
const ARCHIVE_WITHIN_MS = 300_000;
const UNPACK_WITHIN_MS = 120_000;

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The download that the Temporal SDK itself uses for its test servers, of the pinned version. Gives up after
 * eight seconds without an answer, so that a machine without internet is not kept waiting.
 */
export async function download(bin: string, site = SITE, care: Care): Promise<Got> {
  const platform = PLATFORMS[process.platform];
  const arch = ARCHITECTURES[process.arch];
  if (platform === undefined || arch === undefined) {
    return { failed: `there is no Temporal download for ${process.platform} ${process.arch}` };
  }
  care.say(`no Temporal server here yet: asking ${site} for version ${TEMPORAL_CLI}`);
  const folder = await mkdtemp(join(bin, '.download-'));
  care.guardian.removeAtEnd(folder);
  try {
    const query = new URLSearchParams({ arch, platform, format: 'tar.gz' });
    return { program: await fetchProgram(`${site}/cli/v${TEMPORAL_CLI}?${query.toString()}`, folder, care) };
  } catch (error) {
    return { failed: `the download did not work (${reason(error)})` };
  }
}

async function fetchProgram(address: string, folder: string, care: Care): Promise<string> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!answer.ok) throw new Error(`the site answered ${String(answer.status)}`);
  const info: unknown = await answer.json();
  const { archiveUrl, fileToExtract } = checked(info);
  const archive = join(folder, 'archive.tar.gz');
  await waiting(care.say, 'the download of the Temporal server', save(archiveUrl, archive));
  const unpacked = await runProgram('tar', ['-xzf', archive, '-C', folder, fileToExtract], {
    env: { PATH: process.env['PATH'] },
    withinMs: UNPACK_WITHIN_MS,
    guardian: care.guardian,
  });
  if (unpacked.code !== 0)
    throw new Error(`the archive could not be unpacked: ${unpacked.output.trim().slice(-200)}`);
  return join(folder, fileToExtract);
}

async function save(url: string, path: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ARCHIVE_WITHIN_MS) });
  if (!answer.ok || answer.body === null)
    throw new Error(`the archive's site answered ${String(answer.status)}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(path));
}

function checked(info: unknown): { archiveUrl: string; fileToExtract: string } {
  if (typeof info === 'object' && info !== null && 'archiveUrl' in info && 'fileToExtract' in info) {
    const { archiveUrl, fileToExtract } = info;
    const inside = typeof fileToExtract === 'string' && /^[\w.-]+$/.test(normalize(fileToExtract));
    if (typeof archiveUrl === 'string' && inside) return { archiveUrl, fileToExtract };
  }
  throw new Error('the site gave an answer of an unknown form');
}

/** `fetch` hides what happened in the error's cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return code ?? error.message;
}
