/**
 * The rows of the table: issue 4's goals and what stands beside them. Every command runs in the bench folder, where data.ts has
 * put the inputs; what writes is followed by a sync of the file system within the time, on both sides.
 */
import type { Side } from './measure.ts';
import type { Goal } from './result.ts';

export interface Row {
  readonly id: string;
  readonly work: string;
  /** Commands of ours (`image capture`) that must be there; the row is skipped by name without one. */
  readonly needs: readonly string[];
  /** Ours first. */
  readonly sides: readonly Side[];
  readonly goals: readonly Goal[];
  /** One run is enough: it shows memory. */
  readonly memoryOnly?: boolean;
  /** Wall time says nothing: sides have a `without`, or only one thread is compared. */
  readonly cpuOnly?: boolean;
}

/** How programs are started: the built command, and the processes that time a part of the work by themselves. */
export interface Programs {
  readonly osdkit: string;
  readonly isoProcess: string;
  /** Ours and libwim's over a file of chunks: codec-process.ts, libwim-codec.c. */
  readonly codecProcess: string;
  readonly libwimCodec: string;
  readonly siteLoad: string;
}

const memory: Goal = { text: 'memory in all', measure: 'peak', most: 150 };
const goal = (text: string, measure: Goal['measure'], most: number, ...against: string[]): Goal => {
  return against.length === 0 ? { text, measure, most } : { text, measure, most, against };
};
const sync = '; sync -f .';

const discRows = ({ isoProcess }: Programs): Row[] => {
  const genisoimage =
    'genisoimage -quiet -iso-level 3 -allow-limited-size -udf -J -joliet-long -V TEST -o out.iso install';
  const xorriso = 'xorriso -as mkisofs -quiet -iso-level 3 -J -joliet-long -V TEST -o out.iso install';
  const setup = `rm -rf out.iso copy${sync}`;
  return [
    {
      id: 'image-file',
      work: 'image file of 5 GB, one file over 4 GiB',
      needs: ['image create-iso'],
      sides: [
        { name: 'osdkit', setup, command: `${isoProcess} install out.iso writing`, output: 'out.iso', figures: true },
        { name: 'genisoimage', setup, command: genisoimage + sync, output: 'out.iso' },
        { name: 'cp -r', setup, command: `cp -r install copy${sync}` },
        { name: 'xorriso', setup, command: xorriso + sync, output: 'out.iso' },
      ],
      goals: [
        goal('wall, genisoimage and cp -r', 'wall', 1, 'genisoimage', 'cp -r'),
        goal('wall, xorriso', 'wall', 0.6, 'xorriso'),
        memory,
      ],
    },
    {
      id: 'image-file-verification',
      work: 'its verification: all views and SHA-256',
      needs: ['image create-iso'],
      sides: [
        { name: 'osdkit', setup, command: `${isoProcess} install out.iso verification`, figures: true },
        { name: 'sha256sum', command: 'sha256sum out.iso' },
      ],
      goals: [],
    },
  ];
};

/** Codec against codec: the same chunks in memory, one thread, user CPU time, warmed up. */
const codecRows = ({ codecProcess, libwimCodec }: Programs): Row[] => {
  const sides = (line: string): Side[] => [
    { name: 'osdkit', command: `${codecProcess} ${line}`, figures: true },
    { name: 'libwim', command: `${libwimCodec} ${line}`, figures: true },
  ];
  return [
    ...(['LZX', 'XPRESS'] as const).map((form): Row => {
      const name = form.toLowerCase();
      return {
        id: `decode-${name}`,
        work: `${form} decoding, codec against codec: 1,464 chunks of a WIM`,
        needs: [],
        sides: sides(`decode ${name} ${name}.chunks 5`),
        goals: [goal('CPU, libwim', 'cpu', 1 / 0.75, 'libwim')],
        cpuOnly: true,
      };
    }),
    {
      id: 'compress-lzx',
      work: 'LZX compression, codec against codec: 732 chunks of files',
      needs: [],
      sides: sides('compress lzx raw.chunks 1'),
      goals: [goal('CPU, libwim', 'cpu', 1 / 3.3, 'libwim'), goal('size, libwim', 'size', 1.025, 'libwim')],
      cpuOnly: true,
    },
  ];
};

const wimRows = ({ osdkit }: Programs): Row[] => {
  const copy = (from: string, to: string): string => `rm -rf out* copy; cp ${from} ${to}${sync}`;
  const capture = (folder: string, form: string, ...more: string[]): string =>
    ['wimlib-imagex capture', folder, 'out.wim', '--no-acls', `--compress=${form}`, ...more].join(' ');
  const own = (folder: string, form: string): string =>
    `${osdkit} image capture ${folder} --output out.wim --compress ${form}`;
  const clear = `rm -rf out* copy${sync}`;
  const output = 'out.wim';
  return [
    {
      id: 'update',
      work: '80 MB added to an LZX boot.wim, in place',
      needs: ['image update'],
      sides: [
        {
          name: 'osdkit',
          setup: copy('boot.wim', output),
          command: `${osdkit} image update out.wim --index 1 --add added.bin=added.bin${sync}`,
          output,
        },
        {
          name: 'wimlib',
          setup: copy('boot.wim', output),
          command: `wimlib-imagex update out.wim 1 --command="add added.bin /added.bin"${sync}`,
          output,
        },
      ],
      goals: [goal('wall, wimlib', 'wall', 0.5, 'wimlib'), goal('size, wimlib', 'size', 1.04, 'wimlib'), memory],
    },
    ...(['LZX', 'XPRESS'] as const).map((form): Row => {
      const file = form === 'LZX' ? 'boot.wim' : 'windows-XPRESS.wim';
      const verify = (program: string) => ({
        command: `${program} verify ${file}`,
        without: `${program} verify windows-none.wim`,
      });
      return {
        id: `decode-${form.toLowerCase()}-process`,
        work: `${form} decoding by whole processes: verify, less verify of the same stored`,
        needs: ['image verify'],
        sides: [
          { name: 'osdkit', ...verify(`${osdkit} image`) },
          { name: 'wimlib', ...verify('wimlib-imagex') },
        ],
        goals: [],
        cpuOnly: true,
      };
    }),
    {
      id: 'verify',
      work: 'verify of a whole LZX image',
      needs: ['image verify'],
      sides: [
        { name: 'osdkit', command: `${osdkit} image verify boot.wim` },
        { name: 'wimlib', command: 'wimlib-imagex verify boot.wim' },
      ],
      goals: [goal('wall, wimlib', 'wall', 1 / 1.2, 'wimlib'), memory],
    },
    {
      id: 'extract',
      work: 'extract of a whole LZX image',
      needs: ['image extract'],
      sides: [
        { name: 'osdkit', setup: clear, command: `${osdkit} image extract boot.wim --index 1 --output out${sync}` },
        { name: 'wimlib', setup: clear, command: `wimlib-imagex apply boot.wim 1 out --no-acls${sync}` },
      ],
      goals: [goal('wall, wimlib', 'wall', 1 / 1.2, 'wimlib'), memory],
    },
    {
      id: 'compress-lzx-process',
      work: 'LZX compression of 24 MB by whole processes: capture, less capture stored',
      needs: ['image capture'],
      sides: [
        {
          name: 'osdkit',
          setup: clear,
          command: own('small', 'lzx'),
          without: `${own('small', 'none')} --force`,
          output,
        },
        { name: 'wimlib', setup: clear, command: capture('small', 'LZX'), without: capture('small', 'none'), output },
      ],
      goals: [],
      cpuOnly: true,
    },
    {
      id: 'capture-none',
      work: 'capture of a folder, stored',
      needs: ['image capture'],
      sides: [
        { name: 'osdkit', setup: clear, command: own('windows', 'none') + sync, output },
        { name: 'cp -r', setup: clear, command: `cp -r windows copy${sync}` },
        { name: 'wimlib', setup: clear, command: capture('windows', 'none') + sync, output },
      ],
      goals: [goal('wall, cp -r', 'wall', 1.25, 'cp -r'), memory],
    },
    {
      id: 'capture-lzx',
      work: 'capture of a folder, LZX',
      needs: ['image capture'],
      sides: [
        { name: 'osdkit', setup: clear, command: own('windows', 'lzx') + sync, output },
        { name: 'wimlib', setup: clear, command: capture('windows', 'LZX') + sync, output },
      ],
      goals: [goal('wall, wimlib', 'wall', 1 / 3, 'wimlib'), goal('size, wimlib', 'size', 1.025, 'wimlib'), memory],
    },
    {
      id: 'split',
      work: 'split of 5 GB',
      needs: ['image split'],
      sides: [
        { name: 'osdkit', setup: clear, command: `${osdkit} image split split.wim --size 500 --output out.swm${sync}` },
        { name: 'cp', setup: clear, command: `cp split.wim out.wim${sync}` },
        { name: 'wimlib', setup: clear, command: `wimlib-imagex split split.wim out.swm 500${sync}` },
      ],
      goals: [goal('wall, cp', 'wall', 1.15, 'cp'), goal('wall, wimlib', 'wall', 0.35, 'wimlib'), memory],
    },
  ];
};

const manyRows = ({ osdkit }: Programs): Row[] =>
  [
    { id: 'iso', command: 'image create-iso', line: 'image create-iso many --output out.iso' },
    { id: 'capture', command: 'image capture', line: 'image capture many --output out.wim --compress none' },
  ].map(({ id, command, line }) => ({
    id: `many-${id}`,
    work: `100,000 files: ${command}`,
    needs: [command],
    sides: ['', '96'].map((heap) => ({
      name: heap === '' ? 'osdkit' : `in ${heap} MiB of heap`,
      setup: `rm -rf out* copy${sync}`,
      command: `${heap === '' ? '' : `NODE_OPTIONS=--max-old-space-size=${heap} `}${osdkit} ${line}${sync}`,
    })),
    goals: [memory],
    memoryOnly: true,
  }));

/** A site of 10,000 devices, 500 collections, 200 sequences: issue 5's goals; the files are in memory. */
const siteRows = ({ siteLoad }: Programs): Row[] => [
  {
    id: 'site-load',
    work: 'a site of 10,000 devices, 500 collections, 200 sequences: load and check',
    needs: [],
    sides: [{ name: 'osdkit', command: siteLoad, figures: true }],
    goals: [goal('wall', 'wall', 3), { text: 'memory in all', measure: 'peak', most: 400 }],
  },
  ...(['sequence', 'collection', 'devices'] as const).map(
    (changed): Row => ({
      id: `site-again-${changed}`,
      work: `the same site again in the same process, ${changed === 'devices' ? 'devices.csv' : `one ${changed}`} changed`,
      needs: [],
      sides: [{ name: 'osdkit', command: `${siteLoad} ${changed}`, figures: true }],
      goals: [goal('wall', 'wall', 0.2), goal('CPU', 'cpu', 0.2)],
    }),
  ),
];

export const rowsOf = (programs: Programs): readonly Row[] => [
  ...discRows(programs),
  ...codecRows(programs),
  ...wimRows(programs),
  ...manyRows(programs),
  ...siteRows(programs),
];
