/** The codecs as JavaScript: the files of assembly/ imported as they are. */
import {
  compressLzx,
  compressXpress,
  decodeLzx,
  decodeXpress,
  failedInputAt,
  failedOutputAt,
  failedValue,
} from './assembly/index.ts';
import { memoryBytes, reserve } from './memory.ts';
import type { Engine } from './engine.ts';

export const jsEngine: Engine = {
  name: 'js',
  memory(size) {
    reserve(size);
    return memoryBytes();
  },
  decodeLzx,
  decodeXpress,
  compressLzx,
  compressXpress,
  failedInputAt,
  failedOutputAt,
  failedValue,
};
