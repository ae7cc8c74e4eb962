/** What `pxe doctor` is told, checked. */
import * as z from 'zod';
import { peerPort } from './port-numbers.ts';
import { parseDuration } from './serve-duration.ts';

const duration = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  context.issues.push({ code: 'custom', input: text, message: 'a duration such as 60s or 5m' });
  return z.NEVER;
});

export const SIMULATED = ['bios', 'uefi-x64', 'uefi-arm64', 'http', 'http-arm64', 'ipxe', 'ipxe-uefi'] as const;

export const doctorInput = z
  .strictObject({
    /** A capture to explain; `-`: standard input. */
    pcap: z.string().min(1).optional(),
    listen: z.boolean().default(false),
    simulate: z.enum(SIMULATED).optional(),
    /** The boot server: whom to ask, or whose answers are expected. */
    server: z.ipv4().optional(),
    /** Relays that the server answers, where it is to be judged by them. */
    relays: z.array(z.ipv4()).max(1000).optional(),
    /** Address of this computer. */
    address: z.ipv4().optional(),
    /** Seconds of listening, 60 unless given; of standard input, until it ends unless given. */
    for: duration.optional(),
    /** Of its own for each kind of client unless given. */
    mac: z.string().optional(),
    guid: z.guid().optional(),
    /** Choose the item of a menu that boots; F12 where a loader asks. */
    press: z.boolean().default(false),
    dhcpPort: peerPort.default(67),
    bootServerPort: peerPort.default(4011),
    tftpPort: peerPort.default(69),
    /** Megabytes (2^20 bytes) that a file may have. */
    limit: z.int().min(1).max(1_048_576).default(8192),
    /** Factor of the firmware's waiting times. */
    patience: z.number().min(0.001).max(10).default(1),
  })
  .refine(
    ({ pcap, listen, simulate }) => [pcap !== undefined, listen, simulate !== undefined].filter(Boolean).length === 1,
    {
      message: 'one of --pcap, --listen and --simulate',
    },
  )
  .refine(({ simulate, server, address }) => simulate === undefined || server !== undefined || address !== undefined, {
    message: '--simulate needs --server, or --address to ask by broadcast from',
  });

export type DoctorInput = z.output<typeof doctorInput>;
