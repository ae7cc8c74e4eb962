/** Bytes of boot-chain.md 1.1, typed by hand: what the device elements on Microsoft media hold. */

/** Device `boot`, no options object. */
export const bootElement = Buffer.from(`${'00'.repeat(16)}05000000000000004800000000000000${'00'.repeat(56)}`, 'hex');

/** RAM disk of `\sources\boot.wim` on `boot`, options object {7619dcc8-fafe-11d9-b411-000476eba25f}. */
export const ramdiskElement = Buffer.concat([
  Buffer.from('c8dc1976fefad911b411000476eba25f', 'hex'),
  Buffer.from('0000000001000000a000000000000000', 'hex'),
  Buffer.from(`03000000${'00'.repeat(20)}`, 'hex'),
  Buffer.from('010000007800000005000000', 'hex'),
  bootElement.subarray(16),
  Buffer.from('\\sources\\boot.wim\0', 'utf16le'),
]);

export const LOADER = '{7619dcc9-fafe-11d9-b411-000476eba25f}';
export const OPTIONS = '{7619dcc8-fafe-11d9-b411-000476eba25f}';
export const MANAGER = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}';
