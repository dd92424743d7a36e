import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { isOfCases } from '../app/live.ts';
import { ProblemNote, problemOf } from '../parts/problem.tsx';
import { Field } from './fields.tsx';
import { initial, lacking, pruned } from './shape.ts';
import type { Shape, Value } from './shape.ts';
import { StepUp } from './step-up.tsx';

/** A form that is no decision of a case: people, stand-ins, logins, wishes about mail. */
export function PlainForm<Answer>({
  shape,
  words,
  done,
  send,
  from,
}: {
  readonly shape: Shape;
  /** What the button says. */
  readonly words: string;
  /** What is said once it is done; by what came of it, where that makes a difference. */
  readonly done: string | ((answer: Answer) => string);
  readonly send: (value: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly from?: Readonly<Record<string, unknown>>;
}) {
  const client = useQueryClient();
  const start = (): Value => ({ ...(initial(shape) as object), ...from });
  const [value, setValue] = useState<Value>(start);
  const [later, setLater] = useState(false);
  const absent = useMemo(() => lacking(shape, value), [shape, value]);
  const sent = useMutation({
    mutationFn: () => send(pruned(value) as Readonly<Record<string, unknown>>),
    onSuccess: () => {
      setValue(start());
      void client.invalidateQueries({ predicate: isOfCases });
    },
  });
  // The form is empty again and its button off: what came of it takes the keyboard's place.
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (sent.isSuccess) said.current?.focus();
  }, [sent.isSuccess, sent.submittedAt]);
  const again = sent.isError && problemOf(sent.error).code === 'step_up';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sent.isPending) return;
    setLater(false);
    sent.mutate();
  };
  return (
    <>
      <form className="command" onSubmit={submit}>
        <Field shape={shape} name="" path="" value={value} asked onChange={setValue} />
        {sent.isError && !again ? <ProblemNote error={sent.error} /> : null}
        <div role="status">
          {sent.isSuccess ? (
            <p className="note note-ready" tabIndex={-1} ref={said}>
              {typeof done === 'string' ? done : done(sent.data)}
            </p>
          ) : null}
        </div>
        <div className="buttons">
          <button
            type="submit"
            className="button button-main"
            disabled={absent.length > 0}
            aria-disabled={sent.isPending}
          >
            {words}
          </button>
        </div>
      </form>
      {again && !later ? <StepUp onClose={() => setLater(true)} onDone={() => sent.mutate()} /> : null}
    </>
  );
}
