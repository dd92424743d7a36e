import { useQuery } from '@tanstack/react-query';
import { timelineQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { dayText, spaced, titled } from '../app/words.ts';
import { Section } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';

const numberIn = (body: Happened['body'], name: string): number | null =>
  typeof body?.[name] === 'number' ? body[name] : null;

/** What became of one version, in the order it happened. */
const words: Readonly<Record<string, string>> = {
  offer_approved: 'approved',
  offer_refused: 'not approved',
  offer_sent: 'sent',
  offer_extended: 'more time given',
  offer_accepted: 'accepted',
  offer_declined: 'declined',
  offer_countered: 'answered with a wish of their own',
  offer_expired: 'ran out',
  offer_rescinded: 'taken back',
};

const money = (cents: number): string => (cents / 100).toFixed(2);

/** What a candidate asked for instead. */
function wishIn({ kind, body }: Happened): string {
  if (kind !== 'offer_countered') return '';
  const [amount, hours] = [numberIn(body, 'amount'), numberIn(body, 'hours')];
  const parts = [
    ...(amount === null ? [] : [`${money(amount)} an hour`]),
    ...(hours === null ? [] : [`${hours} hours a week`]),
  ];
  return parts.length === 0 ? '' : `(${parts.join(', ')}) `;
}

interface Version {
  readonly version: number;
  readonly terms: string;
  readonly approvals: readonly string[];
  readonly since: readonly string[];
  /** A newer one is there: what was approved of this one counts no more. */
  readonly voided: boolean;
}

/** The newest version, for forms that ask which one is meant; null where no offer was drafted. */
export function newestVersion(past: readonly Happened[]): number | null {
  const last = past.findLast(({ kind }) => kind === 'offer_drafted');
  return numberIn(last?.body ?? null, 'version');
}

function versionsIn(past: readonly Happened[], zone: string): readonly Version[] {
  const drafted = past.filter((one) => one.kind === 'offer_drafted');
  const last = numberIn(drafted.at(-1)?.body ?? null, 'version');
  return drafted.flatMap(({ body }): readonly Version[] => {
    const version = numberIn(body, 'version');
    const amount = numberIn(body, 'amount');
    if (version === null || amount === null) return [];
    const of = past.filter((one) => numberIn(one.body, 'version') === version);
    const approvals = of.filter(({ kind }) => kind === 'offer_approved');
    const since = of.filter(
      ({ kind }) => kind !== null && kind !== 'offer_approved' && Object.hasOwn(words, kind),
    );
    return [
      {
        version,
        terms: `${money(amount)} an hour, ${numberIn(body, 'hours') ?? '–'} hours a week`,
        approvals: approvals.map((one) => one.actorName ?? spaced(one.capacity ?? 'somebody')),
        since: since.map((one) => `${words[one.kind ?? ''] ?? ''} ${wishIn(one)}${dayText(one.at, zone)}`),
        voided: version !== last,
      },
    ];
  });
}

/** An offer by its versions: the terms of each, who approved that very version, and what became of it. */
export function OfferView({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  if (found.data === undefined) return null;
  const rows = versionsIn(found.data.past, found.data.zone);
  if (rows.length === 0) return null;
  return (
    <Section
      title="The offer"
      says="Two people approve a version. A new version needs both again: nothing is sent on approvals of another."
    >
      <Table
        caption="Versions of the offer"
        rows={rows}
        keyOf={(one) => String(one.version)}
        columns={[
          { name: 'Version', cell: (one) => `Version ${one.version}${one.voided ? ', replaced' : ''}` },
          { name: 'Terms', cell: (one) => one.terms },
          {
            name: 'Approved by',
            cell: ({ approvals, voided }) => {
              const list = approvals.length === 0 ? 'nobody yet' : approvals.join(' and ');
              return voided && approvals.length > 0 ? `${list}: counts no more` : list;
            },
          },
          { name: 'Since then', cell: (one) => (one.since.length === 0 ? '–' : one.since.join(', ')) },
        ]}
      />
    </Section>
  );
}

type Ratings = Readonly<Record<string, string>>;

/** The rating sheets side by side: a column for each rater, a line for each competency. */
export function SheetsView({ id }: { readonly id: string }) {
  const found = useQuery(timelineQuery(id));
  if (found.data === undefined) return null;
  const sheets = found.data.past.filter((one) => one.kind === 'sheet_submitted' && one.body !== null);
  const ratings = sheets.map(({ body }) => (body?.['ratings'] ?? {}) as Ratings);
  const lines = [...new Set(ratings.flatMap((one) => Object.keys(one)))];
  if (lines.length === 0) return null;
  return (
    <Section
      title="Rating sheets, side by side"
      says="Shown once a rater has handed in their own. From 1 to 5; 3 is the line for being hired. Nothing is added up: people decide."
    >
      <Table
        caption="Rating sheets, a column for each rater"
        rows={lines}
        keyOf={(one) => one}
        columns={[
          { name: 'Competency', cell: (one) => titled(one) },
          ...sheets.map((sheet, n) => ({
            name: sheet.actorName ?? `Rater ${n + 1}`,
            cell: (one: string) => (ratings[n]?.[one] === undefined ? '–' : spaced(ratings[n][one] ?? '')),
            number: true,
          })),
        ]}
      />
    </Section>
  );
}
