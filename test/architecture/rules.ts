/**
 * Who may import whom: section 2 of the architecture as data. A new folder, package or privileged file starts with a
 * line here; the README of the folder says why.
 */

/** One module: a folder with everything below it that no longer rule covers. */
export interface ModuleRule {
  readonly folder: string;
  /** Modules whose `index.ts` it may import; a name ending in `/` allows every module below that folder. */
  readonly may: readonly string[];
}

const BYTES = ['src/core', 'images/bytes'];
const FORMAT = [...BYTES, 'images/tree'];
/** Every format, but not the sample: a real WinPE and the sample take the same path. */
const FORMATS = [
  ...FORMAT,
  'images/codec',
  'images/wim',
  'images/iso9660',
  'images/udf',
  'images/fat',
  'images/partition',
  'images/disc',
  'images/boot-code',
  'images/hive',
  'images/bcd',
  'images/pe',
  'images/cab',
];
const MEDIA = ['src/core', 'src/model', 'src/protocol', ...FORMATS, 'media/builder'];

export const MODULE_RULES: readonly ModuleRule[] = [
  { folder: 'src/core', may: [] },
  { folder: 'images/bytes', may: ['src/core'] },
  { folder: 'images/tree', may: BYTES },
  { folder: 'images/codec', may: BYTES },
  { folder: 'images/pe', may: FORMAT },
  { folder: 'images/hive', may: FORMAT },
  { folder: 'images/fat', may: FORMAT },
  { folder: 'images/iso9660', may: FORMAT },
  { folder: 'images/partition', may: FORMAT },
  { folder: 'images/boot-code', may: FORMAT },
  { folder: 'images/bcd', may: [...FORMAT, 'images/hive'] },
  { folder: 'images/udf', may: [...FORMAT, 'images/iso9660'] },
  { folder: 'images/wim', may: [...FORMAT, 'images/codec'] },
  { folder: 'images/cab', may: [...FORMAT, 'images/codec'] },
  {
    folder: 'images/disc',
    may: [...FORMAT, 'images/fat', 'images/iso9660', 'images/udf', 'images/partition', 'images/boot-code'],
  },
  // The boot programs judge hive and bcd: they must not share a line with them.
  { folder: 'images/sample/programs', may: BYTES },
  { folder: 'images/sample', may: [...FORMAT, 'images/wim', 'images/hive', 'images/sample/programs'] },
  { folder: 'src/model', may: ['src/core'] },
  { folder: 'src/sequence', may: ['src/core', 'src/model'] },
  { folder: 'src/protocol', may: [...BYTES, 'src/model'] },
  { folder: 'src/steps', may: ['src/core', 'src/model', 'src/sequence'] },
  { folder: 'src/store', may: [...BYTES, 'src/model'] },
  // YAML files to a checked site, and edits of their lines; pure, the store has the files.
  { folder: 'src/site', may: ['src/core', 'src/model', 'src/sequence', 'src/steps'] },
  // Task sequences as ConfigMgr and MDT write them.
  { folder: 'src/exchange', may: ['src/core', 'src/model', 'src/sequence', 'src/steps'] },
  { folder: 'src/templates', may: ['src/core', 'src/model', 'src/sequence', 'src/steps'] },
  {
    folder: 'src/policy',
    may: ['src/core', 'src/model', 'src/sequence', 'src/steps', 'src/site', 'src/protocol'],
  },
  { folder: 'src/lint', may: ['src/core', 'src/model', 'src/sequence', 'src/steps', 'src/site', 'src/policy'] },
  { folder: 'src/plan', may: ['src/core', 'src/model', 'src/sequence', 'src/steps', 'src/site', 'src/policy'] },
  { folder: 'pxe', may: BYTES },
  { folder: 'pxe/content', may: BYTES },
  { folder: 'pxe/tftp', may: [...BYTES, 'pxe/content'] },
  { folder: 'pxe/http', may: [...BYTES, 'pxe/content', 'pxe/tftp'] },
  { folder: 'pxe/dhcp', may: BYTES },
  { folder: 'pxe/capture', may: BYTES },
  { folder: 'pxe/ipxe', may: BYTES },
  { folder: 'pxe/boot', may: [...BYTES, 'pxe/dhcp'] },
  { folder: 'pxe/lease', may: [...BYTES, 'pxe/dhcp'] },
  { folder: 'pxe/responder', may: [...BYTES, 'pxe/dhcp', 'pxe/boot', 'pxe/lease'] },
  // Simulated clients read the protocols as the servers write them, and share no decision with them.
  { folder: 'pxe/client', may: [...BYTES, 'pxe/dhcp', 'pxe/tftp'] },
  { folder: 'pxe/doctor', may: [...BYTES, 'pxe/dhcp', 'pxe/tftp', 'pxe/boot', 'pxe/client', 'pxe/capture'] },
  { folder: 'media/builder', may: ['src/core', 'src/model', 'src/protocol', ...FORMATS] },
  { folder: 'media/boot-image', may: MEDIA },
  { folder: 'media/inspect', may: [...MEDIA, 'media/boot-image', 'media/layout'] },
  { folder: 'media/layout', may: [...MEDIA, 'media/boot-image'] },
  { folder: 'media/bootable', may: [...MEDIA, 'media/boot-image', 'media/layout', 'media/inspect'] },
  { folder: 'media/network', may: [...MEDIA, 'media/boot-image', 'media/layout', 'media/bootable'] },
  {
    folder: 'src/engine',
    may: ['src/core', 'src/model', 'src/sequence', 'src/steps', 'src/protocol', ...FORMATS],
  },
  {
    folder: 'src/app',
    may: [
      ...FORMATS,
      'src/model',
      'src/sequence',
      'src/steps',
      'src/protocol',
      'src/store',
      'src/site',
      'src/exchange',
      'src/templates',
      'src/policy',
      'src/lint',
      'src/plan',
      'pxe/',
      'media/',
    ],
  },
  { folder: 'src/cli', may: ['src/core', 'src/app'] },
  { folder: 'src/server', may: ['src/core', 'src/app', 'src/protocol'] },
  { folder: 'src/bin', may: ['src/core', 'src/app', 'src/cli', 'src/server', 'src/engine'] },
];

/** Imports that single files may do beyond their module's line: `file` is a prefix of the path. */
export const FILE_EXCEPTIONS: readonly { readonly file: string; readonly may: readonly string[] }[] = [
  // The demo's use case is the one place outside images/sample that knows that the sample exists.
  { file: 'src/app/demo', may: ['images/sample'] },
];

/** Node modules that reach outside the process, or are otherwise kept to named files (path prefixes). */
export const BUILTIN_RULES: Readonly<Record<string, readonly string[]>> = {
  fs: [
    'images/bytes/file-',
    // Where Linux says which thread this is.
    'images/bytes/thread-priority.ts',
    'images/tree/directory.ts',
    'images/tree/folder.ts',
    // The threads that verify and extract whole blobs by synchronous calls.
    'images/wim/blob-thread.ts',
    'images/wim/blob-window.ts',
    'media/builder/workspace',
    'src/store/file',
    'src/store/state-libsql.ts',
    'src/cli/',
    'src/server/',
    'pxe/content/cache-read.ts',
    'pxe/tftp/worker',
  ],
  worker_threads: [
    'images/bytes/file-',
    'images/wim/blob-thread',
    'images/tree/directory.ts',
    'images/codec/pool',
    'pxe/tftp/worker',
    // Its type of ports between threads, and the threads themselves.
    'pxe/tftp/thread-messages.ts',
    'pxe/tftp/server.ts',
    'pxe/http/http-thread.ts',
    'pxe/responder/boot-thread.ts',
    'pxe/responder/server.ts',
  ],
  path: [
    'images/bytes/file-',
    'images/tree/directory.ts',
    'images/tree/folder.ts',
    'media/builder/workspace',
    'src/store/file',
    'src/store/state-libsql.ts',
    'src/app/',
    'src/cli/',
    'src/server/',
    'src/bin/',
  ],
  os: ['images/bytes/thread-priority.ts', 'src/cli/', 'src/server/', 'src/bin/', 'images/codec/pool'],
  url: ['images/bytes/file-', 'images/codec/pool', 'src/cli/', 'src/server/', 'src/bin/'],
  child_process: [],
  net: ['src/server/', 'pxe/http/'],
  dgram: ['pxe/tftp/', 'pxe/responder/', 'pxe/client/'],
  perf_hooks: ['pxe/', 'src/cli/'],
  http: ['src/server/', 'pxe/http/', 'pxe/client/'],
  https: ['src/server/', 'pxe/http/'],
  readline: ['src/cli/'],
  process: ['src/store/state-libsql.ts', 'src/cli/', 'src/server/', 'src/bin/'],
  tty: ['src/cli/'],
  // Named in the text that starts a thread from source, during development only.
  module: ['images/bytes/file-worker.ts', 'pxe/tftp/accelerator.ts'],
  // A switch of the collector.
  v8: ['pxe/responder/boot-thread.ts', 'src/app/small-heap.ts'],
  crypto: ['images/', 'media/', 'pxe/', 'src/'],
  zlib: ['images/', 'src/server/'],
  events: ['pxe/', 'src/'],
  stream: ['pxe/', 'src/server/', 'src/cli/'],
  util: ['src/', 'pxe/'],
  timers: ['pxe/', 'src/'],
};

/** Files that may call import() with something else than a plain string. */
export const COMPUTED_IMPORTS: readonly string[] = [
  // Only inside the text that starts a thread from source, during development.
  'images/bytes/file-worker.ts',
];

/** npm packages, each with the folders that may import it. */
export const PACKAGE_RULES: Readonly<Record<string, readonly string[]>> = {
  asn1js: ['images/pe/'],
  canonicalize: ['src/protocol/'],
  '@clack/prompts': ['src/cli/'],
  commander: ['src/cli/'],
  'csv-parse': ['src/site/'],
  pkijs: ['images/pe/'],
  saxes: ['images/wim/', 'media/boot-image/', 'src/exchange/'],
  yaml: ['src/site/', 'src/app/'],
  yauzl: ['src/exchange/'],
  yazl: ['src/exchange/'],
  libsql: ['src/store/state-libsql.ts'],
  // Optional: one socket option (decision 0001).
  koffi: ['pxe/tftp/', 'pxe/responder/device-socket.ts'],
  zod: ['src/', 'media/'],
};

/** File names that say nothing about what is inside. */
export const FORBIDDEN_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager'];

/** Lines a file may have (style.md: aim below 120). */
export const LINE_LIMIT = 400;
