/** PXE-10: every reason of a decision, each driven through the real decider with a site in a folder. The type holds one row a reason. */
import { describe, expect, test } from 'vitest';
import type { BootClient } from '../../../../pxe/boot/index.ts';
import { DECISION_REASONS, type DecisionReason } from '../../../../src/app/network-boot/decide-reasons.ts';
import { client, type Deciding, deciding, deployment, GUID, MAC, MINUTE, point, published } from './deciding.ts';

const pc1 = client('uefiX64');
const stranger = client('uefiX64', { mac: '02:00:00:00:00:09', guid: null });
const subject = { subject: 'device/pc1', mac: MAC, guid: GUID };
const riscv = { code: 27, name: 'UEFI RISC-V 64-bit', platform: 'other', cpu: 'other', served: false } as const;
const REQUIRED = deployment('ABC20001', 'required');
const AVAILABLE = deployment('ABC20002', 'available');
const UNKNOWN = deployment('ABC20003', 'available', 'collection: All Unknown Computers\n');
const served = (more = '') => point(`  unknownComputers: true\n${more}`);
const start = (desk: Deciding, deployment: string | null) =>
  desk.state.start({ ...subject, deployment, by: 'me', at: 0, expires: desk.now() + MINUTE });

interface Scene {
  readonly files: Readonly<Record<string, string>>;
  readonly options?: Parameters<typeof deciding>[1];
  readonly before?: (desk: Deciding) => Promise<unknown>;
  /** Default: PC1 with UEFI x64. */
  readonly asking?: BootClient;
  /** What the reason says beyond its words. */
  readonly text: RegExp;
  /** What the firmware gets. */
  readonly gets: string;
}

const silent = 'silence nothingDeployed';
const file = 'b/11111111/00155d000001/bootmgfw.efi';

const SCENES: Readonly<Record<DecisionReason, Scene>> = {
  required: { files: REQUIRED, text: /ABC20001 D1, boot image pe-x64/, gets: file },
  available: { files: AVAILABLE, text: /ABC20002 D2/, gets: 'silence needsStart' },
  started: { files: AVAILABLE, before: (desk) => start(desk, null), text: /ABC20002 D2/, gets: file },
  approved: {
    files: { ...UNKNOWN, ...served('  approval: true\n') },
    before: ({ state }) =>
      state.approve({ subject: `mac/${stranger.mac}`, mac: stranger.mac, guid: null, by: 'me', at: 0 }),
    asking: stranger,
    text: /ABC20003 D3/,
    gets: 'b/11111111/020000000009/bootmgfw.efi',
  },
  pointOff: {
    files: { ...REQUIRED, 'distribution-points/dp1.yaml': 'name: DP1\npxe: { enabled: false }\n' },
    text: /DP1/,
    gets: silent,
  },
  excluded: {
    files: { ...REQUIRED, ...point('  excludedMacAddresses: [00155D000001]\n') },
    text: /00:15:5d:00:00:01 is under excludedMacAddresses/,
    gets: silent,
  },
  noArchitecture: {
    files: REQUIRED,
    asking: { ...client('ipxeX64'), architecture: riscv },
    text: /RISC-V/,
    gets: 'exit.ipxe',
  },
  conflict: {
    files: REQUIRED,
    asking: client('uefiX64', { mac: '00:15:5d:00:00:02' }),
    text: /PC1 or PC2/,
    gets: silent,
  },
  unknownOff: { files: UNKNOWN, asking: stranger, text: /DP1: pxe.unknownComputers/, gets: silent },
  unknownArchitecture: {
    files: { ...UNKNOWN, ...served('  unknownArchitectures: [arm64]\n') },
    asking: stranger,
    text: /arm64/,
    gets: silent,
  },
  identityShared: {
    files: { ...UNKNOWN, ...served() },
    options: { settings: `duplicateHardwareIds: { macAddresses: ["${stranger.mac}"] }\n` },
    asking: stranger,
    text: /duplicateHardwareIds/,
    gets: silent,
  },
  waitingApproval: {
    files: { ...UNKNOWN, ...served('  approval: true\n') },
    asking: stranger,
    text: /osdkit pxe approve/,
    gets: silent,
  },
  noDeployment: { files: {}, text: /in no collection/, gets: silent },
  delivered: {
    files: REQUIRED,
    async before(desk) {
      await desk.told(pc1);
      await desk.delivers(pc1);
    },
    text: /ABC20001 D1 was delivered on 2026-11-21T12:00:00.000Z: osdkit pxe clear/,
    gets: silent,
  },
  preferredUnfit: {
    files: {
      ...REQUIRED,
      'devices/pc1.yaml': `name: PC1\nsmbiosGuid: ${GUID}\nvariables: { SMSTSPreferredAdvertID: ABC29999 }\n`,
    },
    text: /ABC29999/,
    gets: silent,
  },
  startUnfit: { files: AVAILABLE, before: (desk) => start(desk, 'ABC20009'), text: /ABC20009/, gets: silent },
  noImage: {
    files: REQUIRED,
    asking: client('uefiArm64'),
    text: /"pe-x64" is for x64, this computer starts arm64/,
    gets: silent,
  },
  imageNotReady: {
    files: REQUIRED,
    options: { images: published({ ABC00001: 'it is being prepared' }) },
    text: /being prepared/,
    gets: silent,
  },
  tooManyTries: {
    files: REQUIRED,
    async before(desk) {
      for (let n = 0; n < 3; n++) {
        await desk.told(pc1);
        desk.pass(3 * MINUTE);
      }
    },
    text: /3 offers within an hour .*again after 2026-11-21T13:00:00.000Z/,
    gets: silent,
  },
};

describe('PXE-10: each reason', () => {
  test.each(Object.entries(SCENES))('%s', async (code, { files, options, before, asking = pc1, text, gets }) => {
    const desk = await deciding(files, options);
    await before?.(desk);
    expect(await desk.told(asking)).toBe(`${code}: ${gets}`);
    const { why } = await desk.ask(asking);
    expect(why.text).toMatch(text);
    expect(why.text).toContain(DECISION_REASONS[code as DecisionReason]);
    const kept = await desk.state.client(asking.mac ?? '');
    expect([kept?.code, kept?.text.startsWith(why.text)]).toEqual([code, true]);
  });
});
