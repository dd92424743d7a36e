// The SDK loads this file by its path with require(), also in tests that run from the sources. Keep it free of
// TypeScript-only syntax: Node 20 then reads it as it is.
import { DefaultFailureConverter } from '@temporalio/common';

/** Puts messages and stacks of failures where the payload codec seals them; only type names stay readable. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
