import { describe, expect, it } from 'vitest';
import { newDeviceKey, seal, unseal } from './vault.ts';

const value = { name: '王小明', body: { note: '家里没有变化' } };

describe('what is kept on the device', () => {
  it('says nothing without its key, and opens to the same with it', async () => {
    const key = await newDeviceKey();
    const sealed = await seal(key, 'a', 'note:1', value);
    const raw = new TextDecoder('utf-8', { fatal: false }).decode(sealed.data);
    expect(raw).not.toContain('王小明');
    expect(raw).not.toContain('note');
    expect(await unseal(key, 'a', 'note:1', sealed)).toEqual(value);
    expect((await seal(key, 'a', 'note:1', value)).iv).not.toEqual(sealed.iv);
  });

  it('does not open for another account, in another place, with another key, or changed', async () => {
    const key = await newDeviceKey();
    const sealed = await seal(key, 'a', 'note:1', value);
    await expect(unseal(key, 'b', 'note:1', sealed)).rejects.toThrow();
    await expect(unseal(key, 'a', 'note:2', sealed)).rejects.toThrow();
    await expect(unseal(await newDeviceKey(), 'a', 'note:1', sealed)).rejects.toThrow();
    const changed = new Uint8Array(sealed.data.slice(0));
    changed[0] = (changed[0] ?? 0) ^ 1;
    await expect(unseal(key, 'a', 'note:1', { ...sealed, data: changed.buffer })).rejects.toThrow();
  });

  it('its key cannot be taken off the device', async () => {
    const key = await newDeviceKey();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});
