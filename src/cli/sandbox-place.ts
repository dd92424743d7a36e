import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { privateFolder } from '../local/home.ts';
import { readInstallation } from '../local/installation.ts';
import { clearLeftovers, throwAwayFolder } from '../local/leftovers.ts';
import type { Say } from '../local/say.ts';
import { OtherOrganization } from './bring-up.ts';
import { EXIT, Stop } from './exit.ts';

/** Where a sandbox is brought up, and whether the folder is kept afterwards. */
export interface SandboxPlace {
  readonly folder: string;
  readonly throwAway: boolean;
}

/**
 * The folder of a sandbox: a throw-away one, after what killed starts left was cleared; or the one named with `--home`, which
 * is kept. `PEER_HIRE_HOME` names the folder of real work and is not looked at here.
 * @param org the scenario's organization: a folder that holds another one, or anything else, is refused
 * @throws Stop (folder_not_empty), OtherOrganization
 */
export async function sandboxPlace(home: string | undefined, org: string, say: Say): Promise<SandboxPlace> {
  if (home === undefined) {
    await clearLeftovers(say);
    return { folder: throwAwayFolder(), throwAway: true };
  }
  const folder = privateFolder(resolve(home));
  if (existsSync(`${folder}/installation.json`)) {
    const before = readInstallation(folder);
    if (before.org !== org) throw new OtherOrganization(folder, before.sandbox);
  } else if (readdirSync(folder).some((name) => !name.startsWith('lock-')))
    throw new Stop(
      EXIT.refused,
      'folder_not_empty',
      `The folder ${folder} is not empty and holds no installation. Name an empty or a new folder with --home.`,
    );
  return { folder, throwAway: false };
}
