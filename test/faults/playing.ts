import type { Played } from '../../src/sandbox/player.ts';
import type { Playhouse } from './playhouse.ts';

/** One play, in as many player's processes as it takes. */
export class Playing {
  private readonly here: Playhouse;
  private result: Promise<Played | null> = Promise.resolve(null);
  private state: 'on' | 'over' = 'on';

  constructor(here: Playhouse) {
    this.here = here;
  }

  /** How many rows the ledger has. */
  async position(): Promise<number> {
    const { pool, org } = this.here.house;
    const sql = 'select position from heads where org = $1';
    const { rows } = await pool.query<{ position: number }>(sql, [org]);
    return rows[0]?.position ?? 0;
  }

  begin(): void {
    this.result = this.here.startPlayer();
    this.result.then(
      (played) => (this.state = played === null ? 'on' : 'over'),
      () => (this.state = 'over'),
    );
  }

  /** Waits until the ledger has so many rows. @throws when the play is over before */
  async reach(rows: number, what: string): Promise<void> {
    while ((await this.position()) < rows) {
      if (this.state === 'over') throw new Error(`the play was over before ${what} at ${rows}`);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }

  end(): Promise<Played | null> {
    return this.result;
  }
}
