import type { PromptText } from './prompt-texts.ts';

/** What the house tells one person that belongs to no case. Neutral: no name, no place, nobody else. */
export const houseTexts = {
  'HOUSE:token_made': {
    verb: 'read',
    asks: 'A token was made in your name: a program may now act for you. If you made it, all is well. If not, sign in, end it under your name, and tell whoever runs this installation.',
  },
  'HOUSE:login_given': {
    verb: 'read',
    asks: 'You were given a login, or your login a new passphrase. Whoever gave it tells you the passphrase in person; you choose a password of your own with it. If you expect none, tell HR.',
  },
  'HOUSE:password_set': {
    verb: 'read',
    asks: 'Your password was changed, and you were signed out everywhere else. If that was you, all is well. If not, tell whoever runs this installation at once.',
  },
  'HOUSE:login_linked': {
    verb: 'read',
    asks: 'You can sign in with your organization’s account from now on. If you did not ask for that, tell HR.',
  },
  'HOUSE:page_anew': {
    verb: 'read',
    asks: 'Your page has a new address, which is below. The earlier one does not work any more.',
  },
  'HOUSE:code': {
    verb: 'read',
    asks: 'You asked for a code on your page. It holds for fifteen minutes, and only on that page. If you asked for none, you need not do anything.',
  },
  'HOUSE:office_asked': {
    verb: 'read',
    asks: 'Somebody is to hold an office that only two people give together, and your word is the second one. Sign in to say yes or no.',
  },
  'HOUSE:office_given': {
    verb: 'read',
    asks: 'Somebody else holds an office of yours as well from now on. If you think that is wrong, tell the executive.',
  },
} as const satisfies Readonly<Record<string, PromptText>>;

/** A kind of word to one person. */
export type HouseWord = keyof typeof houseTexts extends `HOUSE:${infer Kind}` ? Kind : never;

export const isHouseText = (code: string): code is keyof typeof houseTexts => Object.hasOwn(houseTexts, code);
