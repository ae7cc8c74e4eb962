/**
 * Content-Type by the end of a name. UEFI firmware judges by it what it got: `application/vnd.efi-iso` becomes a RAM disk,
 * `application/efi` is started (UEFI 2.10 section 24.7.3.2; boot-chain 10.1).
 */
const types: Readonly<Record<string, string>> = {
  iso: 'application/vnd.efi-iso',
  img: 'application/vnd.efi-img',
  efi: 'application/efi',
  ipxe: 'text/plain; charset=utf-8',
};

/** The type for a route's name; bytes where nothing else is known. */
export function mediaType(name: string): string {
  return types[/\.([a-z0-9]+)$/.exec(name)?.[1] ?? ''] ?? 'application/octet-stream';
}
