import { describe, expect, it } from 'vitest';
import { sm3 } from '../../../platform/crypto.ts';
import { ManifestFault, readManifest, writeManifest } from './manifest.ts';
import { batchFileKey, readStem, stemOf } from './names.ts';

const content = Buffer.from('"AAB301"\r\n');
const written = () =>
  writeManifest({
    file: 'SYDJTC_410802_20261121_0001.csv',
    kind: 'exits',
    batch: '410802-20261121-0001',
    division: '410802',
    date: '2026-11-21',
    count: 0,
    encoding: 'gb18030',
    content,
  });

describe('the digest file', () => {
  it('says what the file is, in ASCII, and is read back', () => {
    expect(written().toString('ascii').split('\r\n').slice(0, -2)).toEqual([
      'version=1',
      'file=SYDJTC_410802_20261121_0001.csv',
      'kind=exits',
      'batch=410802-20261121-0001',
      'division=410802',
      'date=20261121',
      'count=0',
      'encoding=GB18030',
      'bytes=10',
      `sm3=${sm3(content).toString('hex')}`,
    ]);
    expect(readManifest(written())).toMatchObject({ kind: 'exits', count: 0, encoding: 'gb18030', bytes: 10 });
    expect(readManifest(Buffer.from(written().toString().replaceAll('\r\n', '\n')))).toMatchObject({ count: 0 });
  });

  it('cut off anywhere or changed in any byte, it is not read', () => {
    const whole = written();
    // Without the last line end it still says everything.
    for (let length = 0; length < whole.length - 2; length += 1) {
      expect(() => readManifest(whole.subarray(0, length)), String(length)).toThrow(ManifestFault);
    }
    for (let at = 0; at < whole.length - 2; at += 1) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      expect(() => readManifest(changed), String(at)).toThrow(ManifestFault);
    }
  });

  it('refuses an encoding that is neither UTF-8 nor GB18030', () => {
    const body = written()
      .toString('ascii')
      .replace('GB18030', 'GBK')
      .replace(/end=.*\r\n$/, '');
    const gbk = Buffer.from(`${body}end=${sm3(body).toString('hex')}\r\n`);
    expect(() => readManifest(gbk)).toThrow('encoding');
  });
});

describe('names', () => {
  it('say kind, division, date and sequence, and nothing else is one', () => {
    const key = batchFileKey('exits', '410802-20261121-0012');
    expect(stemOf(key)).toBe('SYDJTC_410802_20261121_0012');
    expect(readStem(stemOf(key))).toEqual(key);
    expect(readStem('SYDJTCHZ_410802_20261121_10000')).toMatchObject({ kind: 'exits-receipt', sequence: 10_000 });
    for (const wrong of [
      'SYDJTC_410802_20261131_0001',
      'SYDJTC_410802_20261121_001',
      'SYDJTC_410802_20261121_00001',
      'sydjtc_410802_20261121_0001',
      'SYDJXX_410802_20261121_0001',
      'SYDJTC_410802_20261121_0001 (1)',
    ]) {
      expect(readStem(wrong), wrong).toBeUndefined();
    }
  });
});
