import type { Reading } from '../client/guard-load.ts';
import type { Examined } from '../cli/doctor.ts';
import type { House } from '../client/house.ts';
import type { ReadingOffice } from '../client/ask-reader.ts';
import type { Provider } from '../identity/provider.ts';
import type { IdentityStore } from '../identity/sessions.ts';
import type { ErasedPlace } from '../ledger/erased-list.ts';
import type { HeadsPlace } from '../ledger/heads.ts';
import type { MailChannel } from '../notify/smtp.ts';
import type { Outbound } from '../notify/webhook.ts';
import type { Meter } from './meter.ts';

/** What belongs to one process, and to none of its requests. */
export interface Running {
  readonly meter: Meter;
  /** It takes no more requests, and what is open ends. */
  readonly stopping: AbortSignal;
  /** Streams that are open, by the person who reads them. */
  readonly streams: Map<string, number>;
}

/** The machine this process runs on, as far as its administrator looks after it from the console. */
export interface Machine {
  /** What `doctor` finds. */
  examine(): Promise<Examined>;
  readonly heads: HeadsPlace;
  /** Where a second copy of each signed head goes; null where the operator named no place. */
  readonly backup: string | null;
  /** Where it is noted what was erased, outside the database. */
  readonly erased: ErasedPlace;
  /** The folder that has to be copied elsewhere. */
  readonly folder: string;
  /** The database of this folder is in it; else it is somebody else’s to copy. */
  readonly databaseOurs: boolean;
  /** Sends mail as the worker does; `caught`: it goes to a page of this machine only. */
  readonly mail: { readonly channel: MailChannel; readonly server: string; readonly caught: boolean };
}

/** What every route works with. Nothing of one request stays here for the next: processes stand side by side. */
export interface Desk {
  readonly office: ReadingOffice;
  readonly store: IdentityStore;
  /** Connects to Temporal when it is first asked for; again after it failed. */
  house(): Promise<House>;
  /** Where people reach this face, e.g. `https://peers.example.org`: for links and for the check of origins. */
  readonly origin: string;
  /** The organization's own identity provider; null where people sign in with logins only. */
  readonly provider: Provider | null;
  readonly sandbox: boolean;
  /** Moves a sandbox's clock forward by so many milliseconds; null where the clock is everybody's. */
  readonly clock: ((byMs: number) => Promise<number>) | null;
  /** Where messages to programs may go; left out: nowhere. */
  readonly outbound?: Outbound;
  /** Left out: nothing of the machine is looked after from here. */
  readonly machine?: Machine;
  /** Addresses of proxies whose word counts for where a request comes from; left out: nobody's. */
  readonly proxies?: readonly string[];
  /** Where the guards read texts; left out: in this process, which then does nothing else meanwhile. */
  readonly reading?: Reading;
  /** Where the built console lies; left out: beside this process. */
  readonly web?: string;
  /** Set by the app itself. */
  readonly running?: Running;
}
