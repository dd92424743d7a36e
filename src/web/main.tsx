import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused } from './app/api.ts';
import { router } from './app/router.tsx';

const TRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What moves is told as it moves; asking again at each look would only write the reader’s name once more.
      refetchOnWindowFocus: false,
      // A no stays a no; only a part that was away is asked again.
      retry: (count, error) => error instanceof Refused && error.problem.status >= 500 && count < TRIES,
    },
  },
});

const root = document.querySelector('#root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
