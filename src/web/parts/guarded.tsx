import { useState } from 'react';
import { StepUp } from '../forms/step-up.tsx';
import { problemOf } from './problem.tsx';

interface Asked {
  readonly isError: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

/** A list that is shown to somebody who has just shown who they are: says so, and asks when they are ready. */
export function useGuarded(found: Asked) {
  const [showing, setShowing] = useState(false);
  if (!found.isError || problemOf(found.error).code !== 'step_up') return null;
  return (
    <div className="note">
      <p className="note-title">Shown once you have shown who you are</p>
      <p>
        An open browser alone shows nobody who comes in here. It takes your password, and holds for ten
        minutes.
      </p>
      <p>
        <button type="button" className="button button-main" onClick={() => setShowing(true)}>
          Show that it is me
        </button>
      </p>
      {showing ? (
        <StepUp
          onClose={() => setShowing(false)}
          onDone={() => {
            setShowing(false);
            found.refetch();
          }}
        />
      ) : null}
    </div>
  );
}
