import { askForecast } from '../sandbox/forecast.ts';
import type { Coming, Forecast } from '../sandbox/forecast.ts';
import type { Assumed } from '../sandbox/future.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { doingHere } from './doing.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import { when, whoText } from './sentences.ts';

export interface ForecastOptions extends CaseOptions {
  readonly days: string;
  readonly ifSilent?: boolean | undefined;
  readonly ifOnTime?: boolean | undefined;
}

const MOST_DAYS = 3_660;

/** @throws Stop (usage) */
function assumedOf(options: ForecastOptions): Assumed {
  if (options.ifSilent === true && options.ifOnTime === true)
    throw new Stop(EXIT.usage, 'usage', 'Say either --if-silent or --if-on-time.');
  return options.ifOnTime === true ? 'on_time' : 'silent';
}

/** @throws Stop (usage) */
function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new Stop(EXIT.usage, 'usage', `--days takes a whole number from 1 to ${MOST_DAYS}.`);
}

const verbs: Readonly<Record<Coming['how'], string>> = {
  ask: 'asked to',
  remind: 'reminded to',
  inform: 'told:',
  digest: 'in the digest:',
  escalate: 'told that it is late:',
  act: 'by itself',
};

function cellsOf(one: Coming): readonly string[] {
  const by = one.due === null ? '' : when(one.due, one.zone);
  if (one.how === 'act' || one.obligation === null)
    return [when(one.at, one.zone), one.case, 'policy', one.what.replaceAll('_', ' '), by];
  const doing = doingHere({ code: one.what, id: one.obligation });
  const what = `${verbs[one.how]} ${doing} [${one.what}]`;
  return [when(one.at, one.zone), one.case, one.to.map(whoText).join(' and '), what, by];
}

const heads: Readonly<Record<Assumed, string>> = {
  silent: 'What comes if nobody does anything',
  on_time: 'What comes if everybody does what they owe on its day',
};

/** A forecast as text: what is asked of whom and when, and what it rests on. */
export function forecastText(io: Io, id: string, days: number, forecast: Forecast): string {
  const { assumed, list, hidden, done, judged, now, until } = forecast;
  const zone = list[0]?.zone ?? hidden[0]?.zone ?? 'UTC';
  const rows = list.map(cellsOf);
  const short = until < now + days * 86_400_000;
  return [
    styled(io, 'bold', `${heads[assumed]} · ${id} · up to ${when(until, zone)}`),
    list.length === 0 ? 'Nothing that you may see.' : table(io, ['when', 'case', 'who', 'what', 'due'], rows),
    ...hidden.map((one) => `${one.case}: something HR has in hand, due ${when(one.due, one.zone)}`),
    ...(done.length === 0 ? [] : [`Taken as done on its day: ${done.length} things.`]),
    ...(judged.length === 0
      ? []
      : [`For people to judge, so what follows is not foreseen: ${judged.join(', ')}.`]),
    ...(short ? ['The site’s calendar ends there: put a longer one in force to see further.'] : []),
  ].join('\n');
}

/** `case forecast`: by the rules alone; nothing is written but that a confidential matter was read. */
export async function caseForecast(io: Io, id: string, options: ForecastOptions): Promise<Exit> {
  const assumed = assumedOf(options);
  const days = daysOf(options.days);
  return within(options, io.env, async ({ office }) => {
    const forecast = await askForecast(office, { as: asOf(options.as), case: id, days, assumed });
    if (options.json === true) io.out(JSON.stringify({ case: id, ...forecast }));
    else io.out(forecastText(io, id, days, forecast));
    return EXIT.done;
  });
}
