/** What a boot manager shows instead of starting: NTSTATUS codes, measured one by one (boot-chain.md 2 and 3). */
export const bootStatus = {
  /** "An unexpected error has occurred": loader without description or device. */
  unexpected: 0xc000_0001,
  /** STATUS_NO_SUCH_FILE: BCD, SDI or WIM missing; also a BCD whose header is wrong. */
  noSuchFile: 0xc000_000f,
  /** STATUS_OBJECT_NAME_NOT_FOUND: "missing some required information". */
  nameNotFound: 0xc000_0034,
  /** STATUS_NOT_FOUND: winload misses an element. */
  notFound: 0xc000_0225,
} as const;
