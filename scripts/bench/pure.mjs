// Ten years of one employment through the pure domain, and the size of its state on the way.
import { again, documents, live, termsOf, Years } from './years.mjs';
import { kb, median, ms, timed } from './numbers.mjs';

const DAY_ONE = '2025-05-12';
const REPEATS = 25;

/** @param say tells progress */
export async function pureYears(say) {
  const terms = termsOf(documents(2024, 2036));
  const sizes = [];
  const last = new Years(terms, 'ten', DAY_ONE);
  // Who answers when is found once; what is timed is the domain alone, with the same inputs at the same instants.
  const lived = await timed(() => live(last, '2035-05-12'));
  const warm = [];
  for (let n = 0; n < REPEATS; n += 1) warm.push(await timed(() => again(last)));
  const grown = new Years(terms, 'grown', DAY_ONE);
  for (const until of ['2026-05-12', '2028-05-12', '2035-05-12']) {
    live(grown, until);
    sizes.push(Buffer.byteLength(JSON.stringify(grown.held)));
  }
  say(`${last.ops.length} steps and ${last.rows} rows in ten years`);
  return [
    {
      ...{ id: 'pure_ten_years', what: 'ten years of one employment, pure domain, median', unit: 'ms' },
      ...{ value: median(warm), goal: 50, shown: ms(median(warm)) },
      note: `${last.ops.length} steps, ${last.rows} rows; lived the first time, with a cold compiler and the choice of answers, ${ms(lived)}`,
    },
    {
      ...{ id: 'state_row_three_years', what: 'state row of a three-year employment', unit: 'bytes' },
      ...{ value: Math.max(...sizes.slice(0, 2)), goal: 8192, shown: kb(Math.max(...sizes.slice(0, 2))) },
      note: `one year ${kb(sizes[0])}, three ${kb(sizes[1])}, ten ${kb(sizes[2])}`,
    },
  ];
}
