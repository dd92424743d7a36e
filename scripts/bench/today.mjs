// Today with 1,000 open hires: what the façade needs for the list of one person, against the bare statement for the same rows.
import { load } from './dist.mjs';
import { livedCases, writeCases } from './cases.mjs';
import { median, ms, quantile, times } from './numbers.mjs';
import { org, setClock } from './stage.mjs';
import { caseOf, people } from './years.mjs';

const { askPeople } = await load('client/ask-people.js');
const { ownersOf, readerOf } = await load('client/ask-reader.js');
const { askWaiting } = await load('client/ask-waiting.js');
const { whereIs } = await load('client/places-of.js');
const { addPerson } = await load('directory/people.js');
const { opaque } = await load('domain/kernel/digest.js');

const HIRES = 1_000;
const SUPERVISORS = 100;
const ROUNDS = 40;
const PAGE = 1_000;

const supervisorOf = (n) => `prs_${opaque(`today supervisor ${n % SUPERVISORS}`)}`;
const employeeOf = (n) => `prs_${opaque(`today employee ${n}`)}`;

async function addPeople(stage, say) {
  const refs = [
    ...Array.from({ length: SUPERVISORS }, (_, n) => supervisorOf(n)),
    ...Array.from({ length: HIRES }, (_, n) => employeeOf(n)),
  ];
  for (const [n, ref] of refs.entries())
    await addPerson(stage.pool, stage.ports.keys, {
      ...{ org, ref, name: `Bench ${n}`, email: `today${n}@people.invalid`, keySeed: ref },
    });
  say(`${refs.length} people are in the directory`);
}

const COLUMNS = {
  cases: [
    ...['case_id', 'kind', 'site', 'sequence', 'fold_version', 'state', 'reads', 'stage', 'status'],
    ...['confidential', 'next_wake', 'opened_at', 'moved_at', 'relations'],
    ...['about', 'belongs_to'],
  ],
  obligations: [
    ...['case_id', 'id', 'code', 'owner', 'since', 'due', 'visibility', 'at_silence', 'next', 'next_rung'],
    ...['next_rung_at', 'next_rung_to', 'reminded'],
  ],
};
/** Columns that name the case or a person of it. */
const NAMING = new Set(['case_id', 'state', 'reads', 'relations', 'about', 'id', 'owner', 'next_rung_to']);

async function copyRows(stage, table, model, copies) {
  const { rows } = await stage.pool.query(
    `select column_name, data_type from information_schema.columns where table_name = $1 and column_name = any($2)`,
    [table, COLUMNS[table]],
  );
  const names = rows.map((row) => row.column_name);
  const typeOf = new Map(rows.map((row) => [row.column_name, row.data_type]));
  const renamed = (name) =>
    NAMING.has(name)
      ? `replace(replace(replace(m.${name}::text, $2, c.id), $3, c.employee), $4, c.supervisor)::${typeOf.get(name)}`
      : `m.${name}`;
  await stage.pool.query(
    `insert into ${table} (org, ${names.join(', ')})
     select m.org, ${names.map(renamed).join(', ')} from ${table} m,
       unnest($5::text[], $6::text[], $7::text[]) as c(id, employee, supervisor)
     where m.org = $1 and m.case_id = $2`,
    [
      ...[org, model.id, people.employee, people.supervisor],
      ...[
        copies.map((one) => one.id),
        copies.map((one) => one.employee),
        copies.map((one) => one.supervisor),
      ],
    ],
  );
}

/** A thousand employments: a new one and one of a year, written by the step, and copies of their rows under other refs. */
async function thousandHires(stage, say) {
  const { young, year } = livedCases(stage);
  const steps = await writeCases(stage, [young, year], say);
  say(`${steps} steps of the past are written`);
  await addPeople(stage, say);
  const all = Array.from({ length: HIRES }, (_, n) => ({
    ...{ id: caseOf('employment', `today ${n}`), employee: employeeOf(n), supervisor: supervisorOf(n) },
  }));
  for (const [table, models] of [
    ['cases', [young, year]],
    ['obligations', [young, year]],
  ])
    for (const [n, model] of models.entries())
      await copyRows(
        stage,
        table,
        model,
        all.filter((_, k) => k % models.length === n),
      );
  await stage.pool.query('vacuum analyze');
  await setClock(stage, null);
  say(`${HIRES} hires are open`);
}

/** What the list shows, as somebody would ask the database for it who needs no rights and no words. */
const RAW = `select o.case_id, o.id, o.code, o.owner, o.since, o.due, o.visibility, o.at_silence, o.next, o.next_rung,
    o.next_rung_at, o.next_rung_to, o.reminded, c.kind, c.stage, c.site, s.name, s.zone from obligations o
  join cases c on c.org = o.org and c.case_id = o.case_id left join sites s on s.org = c.org and s.ref = c.site
  where o.org = $1 and ($2::text[] is null or o.owner = any($2)) order by o.due, o.id
  limit $3`;

async function took(list, work) {
  const began = performance.now();
  const found = await work();
  list.push(performance.now() - began);
  return found;
}

/** The same house with a watch on its statements: what they took of the time, one after the other. */
function watched(office) {
  const spent = { ms: 0, count: 0 };
  const query = async (...given) => {
    const began = performance.now();
    try {
      return await office.pool.query(...given);
    } finally {
      spent.ms += performance.now() - began;
      spent.count += 1;
    }
  };
  const pool = new Proxy(office.pool, {
    get: (target, key) => (key === 'query' ? query : Reflect.get(target, key, target)),
  });
  return { office: { ...office, pool }, spent };
}

/** One list by turns through the façade and bare. @param owners null: what waits for everybody */
async function against(stage, { id, what, question, owners, goal = null }) {
  const { office, spent } = watched({ ...stage.ports, how: 'session' });
  const lists = { facade: [], raw: [], statements: [] };
  let [lines, rows] = [0, 0];
  for (let n = -5; n < ROUNDS; n += 1) {
    const into = n < 0 ? { facade: [], raw: [], statements: [] } : lists;
    const pair = [
      async () => {
        Object.assign(spent, { ms: 0, count: 0 });
        lines = (await took(into.facade, () => askWaiting(office, question))).list.length;
        into.statements.push(spent.ms);
      },
      async () => {
        rows = (await took(into.raw, () => stage.pool.query(RAW, [org, owners, question.most ?? null]))).rows
          .length;
      },
    ];
    for (const work of n % 2 === 0 ? pair : pair.toReversed()) await work();
  }
  const [facade, raw, statements] = [median(lists.facade), median(lists.raw), median(lists.statements)];
  return {
    ...{ id, what: `${what}: the query / raw SQL, medians`, unit: 'ratio', value: facade / raw, goal },
    shown: times(facade / raw),
    note: `${ms(facade)} / ${ms(raw)}; ninth tenth ${ms(quantile(lists.facade, 0.9))}; ${spent.count} statements ${ms(statements)}, ${times(statements / raw)}; ${lines} lines of ${rows} rows`,
  };
}

async function placesRow(stage) {
  const office = { ...stage.ports, how: 'session' };
  const lists = { one: [], all: [] };
  for (let n = 0; n < ROUNDS / 2; n += 1) {
    await took(lists.one, () => whereIs(office, employeeOf(n)));
    await took(lists.all, () => askPeople(office, people.hr));
  }
  return {
    ...{ id: 'places', what: `where one person is, among ${HIRES} hires`, unit: 'ms', goal: null },
    ...{ value: median(lists.one), shown: ms(median(lists.one)) },
    note: `HR's list of everybody, with names, ${ms(median(lists.all))}`,
  };
}

/** @returns rows of the table */
export async function todayWithManyHires(stage, say) {
  await thousandHires(stage, say);
  const ownersFor = async (person) => ownersOf(await readerOf(stage.ports, person));
  const supervisor = supervisorOf(7);
  const mine = async (person) => ({
    question: { as: person, mine: person, most: PAGE },
    owners: [...(await ownersFor(person))],
  });
  const rows = [];
  const measure = async (asked) => {
    rows.push(await against(stage, asked));
    say(`${asked.what}: ${rows.at(-1).note}`);
  };
  await measure({
    ...{ id: 'today_supervisor', what: 'Today of a supervisor of ten', goal: 1.3 },
    ...(await mine(supervisor)),
  });
  await measure({
    ...{ id: 'today_hr', what: `Today of HR with ${HIRES} open hires`, goal: 1.3 },
    ...(await mine(people.hr)),
  });
  await measure({
    ...{ id: 'today_others', what: `what waits for others, a first page of ${PAGE}` },
    ...{ question: { as: people.hr, most: PAGE }, owners: null },
  });
  return [...rows, await placesRow(stage)];
}
