import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { StepUp } from '../forms/step-up.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNote, problemOf } from './problem.tsx';

/** Something done to the house: it may ask to show again who is there, and goes on by itself after that. */
export function useAct<T, Given = void>(send: (given: Given) => Promise<T>, onDone?: (done: T) => void) {
  const client = useQueryClient();
  const [later, setLater] = useState(false);
  const act = useMutation({
    mutationFn: send,
    onMutate: () => setLater(false),
    onSuccess: (done) => {
      onDone?.(done);
      void client.invalidateQueries();
    },
  });
  const again = act.isError && problemOf(act.error).code === 'step_up';
  const given = act.variables as Given;
  const stepUp =
    again && !later ? <StepUp onClose={() => setLater(true)} onDone={() => act.mutate(given)} /> : null;
  const fault = act.isError && !again ? <ProblemNote error={act.error} /> : null;
  return { act, stepUp, fault };
}

/** A button for one thing. With `asks`, what it leads to is said first, and has to be agreed to. */
export function ActButton({
  words,
  about,
  asks,
  yes,
  main = false,
  send,
}: {
  readonly words: string;
  /** What tells it from others like it, for whoever hears the button alone. */
  readonly about?: string;
  readonly asks?: ReactNode;
  /** What agreeing is called; the button's own words unless given. */
  readonly yes?: string;
  readonly main?: boolean;
  readonly send: () => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  const { act, stepUp, fault } = useAct(send, () => setAsking(false));
  const begin = (): void => {
    if (asks === undefined) act.mutate();
    else setAsking(true);
  };
  return (
    <>
      <button
        type="button"
        className={main ? 'button button-main' : 'button'}
        aria-label={about === undefined ? undefined : `${words}: ${about}`}
        disabled={act.isPending}
        onClick={begin}
      >
        {words}
      </button>
      {asking && stepUp === null ? (
        <Dialog title={words} onClose={() => setAsking(false)}>
          {asks}
          {fault}
          <div className="buttons">
            <button
              type="button"
              className="button button-main"
              disabled={act.isPending}
              onClick={() => act.mutate()}
            >
              {yes ?? words}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Not now
            </button>
          </div>
        </Dialog>
      ) : null}
      {asks === undefined ? fault : null}
      {stepUp}
    </>
  );
}
