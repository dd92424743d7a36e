import type { ToOpening } from '../../src/domain/notices.ts';
import { person } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import { openPayload } from './opening-play.ts';

/** Two openings of one role: what one tells the other arrives, in order and once, and their facts are known to each. */
export class OpeningPair {
  readonly second = new OpeningStage('northside-2').ready();
  private readonly heard = { first: 0, second: 0 };

  /** @param first the opening whose pool is shared */
  readonly first: OpeningStage;

  constructor(first: OpeningStage) {
    this.first = first;
  }

  to(date: string, wall = '10:00'): this {
    this.first.to(date, wall);
    this.second.to(date, wall);
    return this.settle();
  }

  /** The second opening asks for its seats to be served by the first. */
  open(seats: number, changes: object = {}) {
    this.know();
    const payload = { ...openPayload(this.second), hiringManager: person('grace'), seats };
    const answer = this.second.ask('dana', 'open', { ...payload, sharing: this.first.id, ...changes });
    this.settle();
    return answer;
  }

  /** Hands over every notice until nothing is under way. */
  settle(): this {
    for (;;) {
      const moved =
        this.hand(this.first, this.second, 'first') || this.hand(this.second, this.first, 'second');
      if (!moved) return this;
    }
  }

  private know(): void {
    for (const kind of ['opening_role', 'opening_site', 'pool_open']) {
      const value = this.first.fact_(kind);
      if (value !== undefined) this.second.fact(kind, this.first.id, value);
    }
  }

  private hand(from: OpeningStage, to: OpeningStage, which: 'first' | 'second'): boolean {
    const fresh = from.notices.slice(this.heard[which]);
    this.heard[which] = from.notices.length;
    const mine = fresh.filter((one) => one.to === to.id);
    for (const { kind, body } of mine) to.hear(from.id, { kind, body } as ToOpening);
    return mine.length > 0;
  }
}
