/** All parsers that meet mutated bytes. A folder of `images/` that reads a format and is not here fails a test. */
import type { Parser } from '../parser.ts';
import { codecParsers } from './codec.ts';
import { dhcpParsers } from './dhcp.ts';
import { exchangeParsers } from './exchange.ts';
import { fileSystemParsers } from './file-systems.ts';
import { programParsers } from './programs.ts';
import { protocolParsers } from './protocol.ts';
import { registryParsers } from './registry.ts';
import { siteParsers } from './site.ts';
import { tftpParsers } from './tftp.ts';
import { wimParsers } from './wim.ts';

export const parsers: readonly Parser[] = [
  ...wimParsers,
  ...codecParsers,
  ...registryParsers,
  ...fileSystemParsers,
  ...programParsers,
  ...protocolParsers,
  ...exchangeParsers,
  ...siteParsers,
  ...tftpParsers,
  ...dhcpParsers,
];
