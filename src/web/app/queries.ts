import { queryOptions } from '@tanstack/react-query';
import { ask, query } from './api.ts';
import type {
  BoardRow,
  CommandForm,
  CommandLine,
  GateNow,
  Happened,
  Listed,
  MeetingAhead,
  Related,
  Self,
  ShownCase,
  Subject,
  Waiting,
} from './types.ts';

/** Every question the console asks, each under one key. */
export const selfQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ask<Self>('GET', '/me'),
  staleTime: 60_000,
});

/** How people sign in here: with a login, or also through the organization's provider. */
export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: () => ask<{ readonly provider: boolean }>('GET', '/sign-in'),
  retry: false,
});

export interface WaitingList {
  readonly now: number;
  readonly list: readonly Waiting[];
}

export const waitingQuery = (of: { mine?: boolean; late?: boolean }) =>
  queryOptions({
    queryKey: ['waiting', of],
    queryFn: () => ask<WaitingList>('GET', `/waiting${query(of)}`),
  });

export const meetingsQuery = queryOptions({
  queryKey: ['meetings'],
  queryFn: () => ask<{ readonly now: number; readonly list: readonly MeetingAhead[] }>('GET', '/me/meetings'),
});

export const boardQuery = (of: { kind?: string; all?: boolean }) =>
  queryOptions({
    queryKey: ['cases', of],
    queryFn: () =>
      ask<{ readonly now: number; readonly list: readonly BoardRow[] }>('GET', `/cases${query(of)}`),
  });

export const subjectsQuery = queryOptions({
  queryKey: ['subjects'],
  queryFn: () => ask<{ readonly list: readonly Subject[] }>('GET', '/subjects'),
  staleTime: 30_000,
});

const at = (id: string): string => `/cases/${encodeURIComponent(id)}`;

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'shown'],
    queryFn: () => ask<{ readonly now: number; readonly shown: ShownCase }>('GET', at(id)),
  });

export const gatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'gates'],
    queryFn: () => ask<{ readonly now: number; readonly list: readonly GateNow[] }>('GET', `${at(id)}/gates`),
  });

export interface Timeline {
  readonly now: number;
  readonly zone: string;
  readonly past: readonly Happened[];
  readonly ahead: readonly Waiting[];
}

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'timeline'],
    queryFn: () => ask<Timeline>('GET', `${at(id)}/timeline`),
  });

export const casePeopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'people'],
    queryFn: () => ask<{ readonly list: readonly Related[] }>('GET', `${at(id)}/people`),
  });

export const commandsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'commands'],
    queryFn: () =>
      ask<{ readonly capacities: readonly string[]; readonly list: readonly CommandLine[] }>(
        'GET',
        `${at(id)}/commands`,
      ),
  });

export const formQuery = (kind: string, type: string) =>
  queryOptions({
    queryKey: ['form', kind, type],
    queryFn: () => ask<CommandForm>('GET', `/commands/${kind}/${type}`),
    staleTime: Infinity,
  });

export const openersQuery = queryOptions({
  queryKey: ['openers'],
  queryFn: () => ask<{ readonly list: readonly CommandLine[] }>('GET', '/commands'),
  staleTime: Infinity,
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => ask<{ readonly list: readonly Listed[] }>('GET', '/people'),
  staleTime: 30_000,
});

export interface Site {
  readonly site: string;
  readonly name: string;
  readonly zone: string;
}

export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: () => ask<{ readonly list: readonly Site[] }>('GET', '/sites'),
  staleTime: 60_000,
});
