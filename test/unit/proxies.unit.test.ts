import { expect, it } from 'vitest';
import { proxiesOf } from '../../src/api/proxies.ts';

const named = 'PEER_HIRE_TRUSTED_PROXIES';
const elsewhere = 'https://peers.example.org';

it('takes nobody’s word for where a request comes from, unless it was listed', () => {
  expect(proxiesOf({}, 'http://localhost:4322', '127.0.0.1')).toEqual([]);
  expect(proxiesOf({}, elsewhere, '0.0.0.0')).toEqual([]);
  expect(proxiesOf({ [named]: '' }, elsewhere, '127.0.0.1')).toEqual([]);
  expect(proxiesOf({ [named]: '127.0.0.1, 10.0.0.0/8,' }, elsewhere, '127.0.0.1')).toEqual([
    '127.0.0.1',
    '10.0.0.0/8',
  ]);
});

it('starts behind no proxy that nobody named', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1'])
    expect(() => proxiesOf({}, elsewhere, host)).toThrow(named);
});
