import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ask } from '../app/api.ts';
import { waysQuery } from '../app/queries.ts';
import { Dialog } from '../parts/dialog.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Secret } from '../parts/secret.tsx';

/** Shows again who is there, for what binds or ends somebody's work; holds for ten minutes. */
export function StepUp({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const ways = useQuery(waysQuery);
  const show = useMutation({
    mutationFn: () => ask('POST', '/session/step-up', { password }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!show.isPending) show.mutate();
  };
  return (
    <Dialog title="Show again that it is you" onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          What you are about to do binds somebody, ends somebody’s work here, changes the house, or takes
          records along. So it asks for your password once more; that holds for ten minutes.
        </p>
        <Secret id="again" label="Password" value={password} onChange={setPassword} />
        {show.isError ? <ProblemNote error={show.error} /> : null}
        <div className="buttons">
          <button type="submit" className="button button-main" aria-disabled={show.isPending}>
            Go on
          </button>
          {ways.data?.provider === true ? (
            <a
              className="button"
              href={`/api/provider/begin?again=true&returnTo=${encodeURIComponent(location.pathname + location.search)}`}
            >
              Show it at your organization’s sign-in
            </a>
          ) : null}
          <button type="button" className="button" onClick={onClose}>
            Not now
          </button>
        </div>
      </form>
    </Dialog>
  );
}
