import { InternalError } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import type { OpenWimOptions, Wim } from './types.ts';

/** Opens a WIM: header and XML data in three reads at most, everything else on demand. */
export async function openWim(_source: ByteSource, _options: OpenWimOptions = {}): Promise<Wim> {
  throw new InternalError(wimCode.WIM_ARGUMENT, 'not built yet');
}
