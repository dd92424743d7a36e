import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { ask } from '../app/api.ts';
import { waysQuery } from '../app/queries.ts';
import { ProblemNote, problemOf } from '../parts/problem.tsx';
import { Secret } from '../parts/secret.tsx';

/** Sign-in with a login of this installation. Paste and password managers work; there is no puzzle. */
export function SignIn() {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [choosing, setChoosing] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    document.title = 'Sign in · peer-hire';
  }, []);
  const ways = useQuery(waysQuery);
  const enter = useMutation({
    mutationFn: () => ask('POST', '/session', { login, password, ...(choosing ? { newPassword } : {}) }),
    onSuccess: () => client.resetQueries(),
    onError: (error) => setChoosing(choosing || problemOf(error).code === 'choose_password'),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!enter.isPending) enter.mutate();
  };
  return (
    <main className="sign-in" id="main">
      <form className="panel" onSubmit={submit}>
        <img src="/mark.svg" alt="" width="48" height="48" />
        <h1>Sign in</h1>
        <p className="lead">
          peer-hire looks after the path from a first idea of a role to the years of working in it.
        </p>
        <div className="field">
          <label htmlFor="login">Login</label>
          <input
            id="login"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        </div>
        <Secret id="password" label="Password" value={password} onChange={setPassword} />
        {choosing ? (
          <Secret
            id="new-password"
            label="A password of your own, twelve characters or more"
            value={newPassword}
            fresh
            onChange={setNewPassword}
          />
        ) : null}
        {enter.isError ? <ProblemNote error={enter.error} /> : null}
        <button type="submit" className="button button-main" aria-disabled={enter.isPending}>
          {enter.isPending ? 'Signing in …' : 'Sign in'}
        </button>
        {ways.data?.provider === true ? (
          <a
            className="button"
            href={`/api/provider/begin?returnTo=${encodeURIComponent(location.pathname)}`}
          >
            Sign in with your organization
          </a>
        ) : null}
        <p className="fine">
          No login yet, or locked out? Ask whoever runs peer-hire at your workplace. If you applied for a job
          here, use the link in your mail: you need no login.
        </p>
      </form>
    </main>
  );
}
