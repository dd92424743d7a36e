import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What every process of an installation has to know of it; kept in its data folder, readable by its user only. */
const installationSchema = z.strictObject({
  v: z.literal(1),
  org: z.string(),
  sandbox: z.boolean(),
  /** Process that runs it, while it runs. */
  pid: z.number().int(),
  temporal: z.strictObject({
    address: z.string(),
    namespace: z.string(),
    ui: z.string().nullable(),
    ours: z.boolean(),
    /** The profile that led to another's server at the start; other terminals find the same keys by it. */
    profile: z.strictObject({ name: z.string().nullable(), file: z.string().nullable() }).optional(),
  }),
  databaseUrl: z.string(),
  databaseOurs: z.boolean(),
  keyFile: z.string(),
  queue: z.string(),
  /** Where people reach its pages, e.g. `https://peers.example.org`; a folder of an earlier build does not say. */
  origin: z.url({ protocol: /^https?$/ }).optional(),
  /** The port its pages listen on; the same again at the next start, so that links in messages stay good. */
  port: z.number().int().min(1).max(65_535).optional(),
  mail: z.strictObject({
    host: z.string(),
    port: z.number().int(),
    from: z.string(),
    page: z.string().nullable(),
    /** Where a person reads that somebody wants no more lists; left out: nobody does. */
    unsubscribe: z.string().optional(),
  }),
});
export type Installation = z.output<typeof installationSchema>;

const fileOf = (folder: string): string => join(folder, 'installation.json');

/** The folder holds no installation. */
export class NoInstallation extends Error {
  readonly code = 'no_installation';
  constructor(folder: string) {
    super(`no_installation: nothing runs in ${folder}; begin with "peer-hire start" or set PEER_HIRE_HOME`);
    this.name = 'NoInstallation';
  }
}

/** The file that says what the folder holds cannot be read. */
export class InstallationDamaged extends Error {
  readonly code = 'installation_damaged';
  constructor(folder: string) {
    super(
      `installation_damaged: ${fileOf(folder)} cannot be read, or another build wrote it. Stop what runs there, and "peer-hire start" writes it anew; the database and the key are not touched`,
    );
    this.name = 'InstallationDamaged';
  }
}

/** Writes it whole or not at all. */
export function writeInstallation(folder: string, installation: Installation): void {
  const file = fileOf(folder);
  writeFileSync(`${file}.new`, JSON.stringify(installation, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** @throws NoInstallation, InstallationDamaged */
export function readInstallation(folder: string): Installation {
  let text: string;
  try {
    text = readFileSync(fileOf(folder), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new NoInstallation(folder)
      : new InstallationDamaged(folder);
  }
  try {
    return installationSchema.parse(JSON.parse(text));
  } catch {
    throw new InstallationDamaged(folder);
  }
}
