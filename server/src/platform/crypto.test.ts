import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Crypto, newTenantId, personIdOf, sm3, tenantIdFrom, tenantOfId } from './crypto.ts';
import { personKey } from './identity.ts';

const key = (byte: string) => Buffer.from(byte.repeat(32), 'hex');
const make = (versions: [number, Buffer][], current: number) =>
  new Crypto({ data: new Map(versions), current, lookup: key('22'), audit: key('33') });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('envelopes', () => {
  const one = make([[1, key('11')]], 1);

  it('give back what was sealed, and never the same bytes twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const sealed = one.seal(value);
        expect(JSON.stringify(one.open(sealed))).toBe(JSON.stringify(value));
        expect(sealed.equals(one.seal(value))).toBe(false);
      }),
    );
  });

  it('a changed bit anywhere is found', () => {
    const sealed = one.seal({ idNumber: '410802198504120015' });
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(() => one.open(changed)).toThrow();
    }
  });

  it('keys rotate: what an older key sealed stays readable, a missing key is named', () => {
    const old = one.seal('旧值');
    const rotated = make(
      [
        [1, key('11')],
        [2, key('44')],
      ],
      2,
    );
    expect(rotated.open(old)).toBe('旧值');
    expect(rotated.keyVersion(rotated.seal('新值'))).toBe(2);
    expect(() => make([[2, key('44')]], 2).open(old)).toThrow('data key 1 is not configured');
    expect(() => make([[1, key('11')]], 2)).toThrow('current data key');
  });
});

describe('keys of persons', () => {
  const crypto = make([[1, key('11')]], 1);

  it('fifteen digits and their eighteen are one person; a telephone never looks like an identity number', () => {
    expect(personKey(crypto, '410802850412001')).toEqual(
      personKey(crypto, '41080219850412001X'.replace(/X$/, checkDigit('41080219850412001'))),
    );
    expect(crypto.lookupHash('mobile', '1').equals(crypto.lookupHash('identity', '1'))).toBe(false);
    expect(personKey(crypto, '410802850412001').personId).toMatch(uuid);
  });
});

describe('ids', () => {
  it('carry their tenant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.string(),
        (n, at, text) => {
          const tenant = String(n).padStart(4, '0');
          for (const id of [newTenantId(tenant, at), tenantIdFrom(tenant, text)]) {
            expect(id).toMatch(uuid);
            expect(tenantOfId(id)).toBe(tenant);
          }
          expect(tenantIdFrom(tenant, text)).toBe(tenantIdFrom(tenant, text));
        },
      ),
    );
    expect(personIdOf(sm3('x'))).toMatch(uuid);
  });

  it('are ordered by time', () => {
    const early = newTenantId('4108', new Date('2026-01-01T00:00:00Z'));
    expect(newTenantId('4108', new Date('2026-01-01T00:00:00.001Z')) > early).toBe(true);
  });
});

it('SM3 of GB/T 32905: the standard’s first example', () => {
  expect(sm3('abc').toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
});

function checkDigit(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return '10X98765432'[sum % 11] ?? '';
}
