import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../app/api.ts';
import { selfQuery, sitesQuery } from '../app/queries.ts';
import { timeText } from '../app/words.ts';
import { ProblemNote } from './problem.tsx';

interface ClockNow {
  readonly now: number;
  readonly next: number | null;
}

/** The organization's instant. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: () => ask<ClockNow>('GET', '/clock'),
});

/** The clock of a sandbox: a day on, or to the next event. Everything on the way happens. */
export function Clock() {
  const client = useQueryClient();
  const clock = useQuery(clockQuery);
  const self = useQuery(selfQuery);
  const sites = useQuery(sitesQuery);
  const move = useMutation({
    mutationFn: (by: { days: number } | { to: 'next' }) => ask<ClockNow>('POST', '/clock', by),
    onSuccess: () => client.invalidateQueries(),
  });
  if (clock.data === undefined) return null;
  const { now, next } = clock.data;
  // A button that is switched off while it works would lose the keyboard's place.
  const by = (step: { days: number } | { to: 'next' }): void => {
    if (!move.isPending) move.mutate(step);
  };
  const zone = self.data?.zone ?? sites.data?.list[0]?.zone ?? 'UTC';
  return (
    <div className="clock" role="group" aria-label="Clock of the sandbox">
      <p>
        <strong>Sandbox</strong> · it is {timeText(now, zone)}
      </p>
      <button type="button" className="button" aria-disabled={move.isPending} onClick={() => by({ days: 1 })}>
        +1 day
      </button>
      <button
        type="button"
        className="button"
        disabled={next === null}
        aria-disabled={move.isPending}
        onClick={() => by({ to: 'next' })}
      >
        To the next event
      </button>
      <p role="status" className="clock-says">
        {move.isPending ? 'The clock moves; everything on the way happens …' : ''}
        {move.isSuccess ? 'Done.' : ''}
      </p>
      {move.isError ? <ProblemNote error={move.error} /> : null}
    </div>
  );
}
