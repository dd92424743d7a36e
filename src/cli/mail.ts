import { addressGood, messageBounced, wishPost } from '../client/post.ts';
import { readerOf } from '../client/ask-reader.ts';
import { postStyles, postWish } from '../directory/post.ts';
import type { PostStyle } from '../directory/post.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

export interface BouncedOptions extends Common {
  readonly soft?: boolean | undefined;
  readonly address?: string | undefined;
}

/** `mail bounced`. */
export async function mailBounced(io: Io, messageId: string, options: BouncedOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const plain = messageId.startsWith('<') ? messageId : `<${messageId}>`;
    const kind = options.soft === true ? 'soft' : 'hard';
    const came = await messageBounced(await opened.house(), {
      messageId: plain,
      kind,
      address: options.address,
    });
    if (options.json === true) io.out(JSON.stringify(came));
    else if (came.again.length > 0) io.out(`${came.person}: tried again for a day`);
    else
      io.out(
        `${came.person}: ${kind === 'hard' ? 'nothing more is sent to this address until there is another; ' : ''}HR owes another way in ${came.told.join(', ')}`,
      );
    return EXIT.done;
  });
}

/** `mail good`. */
export async function mailGood(io: Io, person: string, options: Common): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    await readerOf(office, person);
    const was = await addressGood(office, person);
    if (options.json === true) io.out(JSON.stringify({ is: was ? 'cleared' : 'nothing_to_clear', person }));
    else io.out(was ? `${person}: messages are sent again` : `${person}: no address of theirs was marked`);
    return EXIT.done;
  });
}

export interface PreferOptions extends Common {
  readonly as: string;
  readonly style?: string | undefined;
  readonly mute?: readonly string[] | undefined;
  readonly unmute?: readonly string[] | undefined;
}

function styleOf(word: string): PostStyle {
  const found = postStyles.find((known) => known === word);
  if (found !== undefined) return found;
  throw new Stop(EXIT.usage, 'usage', `"${word}" is no style. Known are: ${postStyles.join(', ')}.`);
}

const CODE = /^[A-Z][A-Z0-9.]{0,19}(:[a-z]+)?$/;

function codesOf(words: readonly string[] = []): readonly string[] {
  for (const word of words)
    if (!CODE.test(word)) throw new Stop(EXIT.usage, 'usage', `"${word}" is no code such as P7.6.`);
  return words;
}

/** `mail prefer`: a person's own wishes; without an option it shows them. */
export async function mailPrefer(io: Io, options: PreferOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const { as: person } = options;
    await readerOf(office, person);
    const before = await postWish(office.pool, office.org, person);
    const off = new Set(codesOf(options.unmute));
    const muted = [...new Set([...before.muted, ...codesOf(options.mute)])].filter((code) => !off.has(code));
    const wish = { style: options.style === undefined ? before.style : styleOf(options.style), muted };
    if (options.style !== undefined || options.mute !== undefined || options.unmute !== undefined)
      await wishPost(office, person, wish);
    if (options.json === true) io.out(JSON.stringify({ person, ...wish }));
    else {
      io.out(`${person}: ${wish.style === 'digest' ? 'one list a day' : 'each message by itself'}`);
      if (muted.length > 0) io.out(`no mail about: ${muted.join(', ')}`);
      io.out('What only you can do, offers and notices of law come all the same, and say so.');
    }
    return EXIT.done;
  });
}
