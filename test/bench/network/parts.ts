/** The parts of `npm run bench:network`, by the name that the command line has for them. */
import type { Part } from './row.ts';

export interface PartEntry {
  /** Programs that the part compares with, and how each tells its version. */
  readonly tools: Readonly<Record<string, readonly string[]>>;
  readonly load: () => Promise<{ readonly rows: Part }>;
}

export const parts: Readonly<Record<string, PartEntry>> = {
  tftp: { tools: { dnsmasq: ['--version'] }, load: () => import('./tftp.ts') },
  http: { tools: { nginx: ['-v'] }, load: () => import('./http.ts') },
  dhcp: {
    tools: { dnsmasq: ['--version'], 'kea-dhcp4': ['-v'] },
    load: () => import('./dhcp-part.ts'),
  },
  fleet: { tools: {}, load: () => import('./fleet.ts') },
};
