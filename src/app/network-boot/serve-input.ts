/** What `serve` and `pxe serve` are told, checked. */
import * as z from 'zod';
import { ownPort } from './port-numbers.ts';
import { parseDuration } from './serve-duration.ts';

const duration = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  context.issues.push({ code: 'custom', input: text, message: 'a duration such as 60m, 1h30m or 45s, up to 24d' });
  return z.NEVER;
});

/** Options of both commands. Ports: 0 is any that is free. */
export const serveOptions = {
  /** Interfaces to answer on: names, addresses or MAC addresses. */
  interfaces: z.array(z.string().min(1).max(64)).max(32).default([]),
  dhcpPort: ownPort.default(67),
  bootServerPort: ownPort.default(4011),
  tftpPort: ownPort.default(69),
  /** 80, or 443 with a certificate, unless given. */
  httpPort: ownPort.optional(),
  /** Of `/healthz` and `/metrics`, on loopback; null: none. */
  operationPort: ownPort.nullable().default(null),
  /** Seconds after which it ends by itself. */
  for: duration.optional(),
  /** Megabytes (2^20 bytes) of the cache that TFTP and HTTP share. */
  cache: z.int().min(16).max(65_536).default(256),
  threads: z.int().min(1).max(16).optional(),
  /** Megabits a second; `off`: as fast as the host sends; without it what the interfaces say. */
  linkSpeed: z.union([z.int().min(1).max(400_000), z.literal('off')]).optional(),
  accelerator: z.boolean().default(true),
  tlsCertificate: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  /** Seconds that running transfers get at the end. */
  drain: duration.default(30),
} as const;

export const siteServeInput = z.strictObject({
  site: z.string().min(1).default('.'),
  point: z.string().min(1).max(256).optional(),
  ...serveOptions,
});

export const pxeServeInput = z.strictObject({
  site: z.string().min(1).optional(),
  point: z.string().min(1).max(256).optional(),
  /** WIM with a Windows PE, for serving without a site. */
  bootImage: z.string().min(1).optional(),
  /** Image in the WIM, from 1. */
  index: z.int().min(1).max(1000).optional(),
  /** Gives addresses itself: for a cable without a DHCP server. */
  dhcpRange: z
    .string()
    .regex(/^\d{1,3}(?:\.\d{1,3}){3}-\d{1,3}(?:\.\d{1,3}){3}$/, 'two addresses such as 10.9.0.100-10.9.0.199')
    .optional(),
  ...serveOptions,
});

export type ServeSettings = Omit<z.output<typeof siteServeInput>, 'site' | 'point'>;
