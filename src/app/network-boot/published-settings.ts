/** What decides how prepared images are served: addresses of the servers, how boot managers read, what stands beside. */

export interface PublishSettings {
  /** Null: nothing is served by HTTP. */
  readonly http: { readonly scheme: 'http' | 'https'; readonly port: number } | null;
  readonly tftpPort: number;
  readonly tftp: TftpReading;
  /** Seconds that iPXE waits for F12. */
  readonly promptSeconds: number;
  /** An iPXE program of the user, for BIOS computers where an image has no files for them. */
  readonly ipxe: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** How BCD stores tell boot managers to read boot.sdi and boot.wim. */
export interface TftpReading {
  /** Bytes of a block. */
  readonly blockSize: number;
  /** Blocks before an acknowledgement, when one computer starts alone. */
  readonly window: number;
  /** Bytes that may be on their way to all computers together. */
  readonly queueBudget: number;
  /** Microsoft's `msftwindow`: the client changes its window as it reads. */
  readonly variableWindow: boolean;
}

export const PUBLISH_DEFAULTS: PublishSettings = {
  http: null,
  tftpPort: 69,
  tftp: { blockSize: 1456, window: 16, queueBudget: 256_000, variableWindow: false },
  promptSeconds: 10,
  ipxe: null,
};

/**
 * The window for one more computer where `active` read already: what all have on its way together stays within what switches hold, since
 * boot managers repair a lost block only after a time-out (boot-chain 6).
 */
export function windowFor({ blockSize, window, queueBudget }: TftpReading, active: number): number {
  const fits = Math.floor(queueBudget / ((active + 1) * (blockSize + 46)));
  return Math.max(1, Math.min(window, fits));
}
