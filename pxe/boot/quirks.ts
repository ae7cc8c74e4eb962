/** What firmware and loaders do against or beside the standards, how it is met here, and how we know. */
export const QUIRKS = {
  blankGuid: {
    seen: 'Option 97 is missing, all zeros or all ones (EDK2 without SMBIOS; every capture of ../shared/captures).',
    rule: 'No GUID: the computer is known by its MAC address alone.',
    source: 'boot-standards 2.2; captures',
  },
  malformedGuid: {
    seen: 'Option 97 has another length or type than RFC 4578 2.3 says.',
    rule: 'No GUID; the bytes are sent back unchanged all the same.',
    source: 'RFC 4578 2.3',
  },
  byteCodeForX64: {
    seen: 'Architecture 9 or 17 from x64 firmware and old iPXE.',
    rule: 'The same answer as 7 and 16.',
    source: 'boot-standards 2.1, erratum of RFC 4578',
  },
  architectureFromClass: {
    seen: 'No option 93.',
    rule: 'The five digits behind Arch: in option 60 are taken.',
    source: 'PXE 2.1, option 60',
  },
  architectureDiffers: {
    seen: 'Options 93 and 60 name different architectures.',
    rule: 'Option 93 wins.',
    source: 'boot-standards 2.2: of option 60 only the first 9 or 10 bytes are to be tested',
  },
  bareUserClass: {
    seen: 'iPXE writes option 77 without the length that RFC 3004 wants.',
    rule: 'Both forms are read.',
    source: 'boot-standards 2.2; bios-ipxe-virtio-proxydhcp.pcap packet 3',
  },
  absurdMaximumSize: {
    seen: 'Option 57 below 576 or above an Ethernet frame (EDK2: 65280).',
    rule: 'Taken as 576 and as 1500.',
    source: 'RFC 2132 9.10; ovmf-edk2-proxydhcp-tftp.pcap packet 8',
  },
  malformedVendorOption: {
    seen: 'Option 43 of a request is not in the form of PXE.',
    rule: 'Read as a request without a boot item.',
    source: 'RFC 2132 8.4 leaves its content to the vendor',
  },
} as const satisfies Readonly<
  Record<string, { readonly seen: string; readonly rule: string; readonly source: string }>
>;

export type Quirk = keyof typeof QUIRKS;
