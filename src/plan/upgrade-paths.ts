/**
 * From which Windows to which an upgrade in place leads (TPL-100): the documented paths of the product, with today's targets
 * beside them as Microsoft's upgrade documentation for Windows 11 and Windows Server lists them. Never client to server or back,
 * never to another architecture.
 */

export interface SystemVersion {
  /** `10.0.22631`. */
  readonly version: string | undefined;
  readonly server: boolean | undefined;
  readonly architecture: string | undefined;
}

interface Release {
  readonly name: string;
  /** First build of it; builds up to the next row belong to it. */
  readonly build: number;
}

/** Builds of Windows 7 to 8.1 and of the servers beside them; from 10.0 on the third number alone orders them. */
const CLIENTS: readonly Release[] = [
  { name: 'Windows 7', build: 7600 },
  { name: 'Windows 8', build: 9200 },
  { name: 'Windows 8.1', build: 9600 },
  { name: 'Windows 10', build: 10_240 },
  { name: 'Windows 10 2004', build: 19_041 },
  { name: 'Windows 11', build: 22_000 },
];

const SERVERS: readonly Release[] = [
  { name: 'Windows Server 2008 R2', build: 7600 },
  { name: 'Windows Server 2012', build: 9200 },
  { name: 'Windows Server 2012 R2', build: 9600 },
  { name: 'Windows Server 2016', build: 14_393 },
  { name: 'Windows Server 2019', build: 17_763 },
  { name: 'Windows Server 2022', build: 20_348 },
  { name: 'Windows Server 2025', build: 26_100 },
];

/** Target, and the oldest release that leads to it. */
export const CLIENT_PATHS: readonly (readonly [string, string])[] = [
  ['Windows 10', 'Windows 7'],
  ['Windows 10 2004', 'Windows 7'],
  ['Windows 11', 'Windows 10 2004'],
];

export const SERVER_PATHS: readonly (readonly [string, string])[] = [
  ['Windows Server 2016', 'Windows Server 2012'],
  ['Windows Server 2019', 'Windows Server 2012 R2'],
  ['Windows Server 2022', 'Windows Server 2016'],
  ['Windows Server 2025', 'Windows Server 2012 R2'],
];

/** Why there is no path; undefined: there is one. `sure`: false where facts or package do not say enough. */
export function noUpgradePath(
  from: SystemVersion,
  to: SystemVersion,
): { readonly text: string; readonly sure: boolean } | undefined {
  if (from.architecture !== undefined && to.architecture !== undefined && from.architecture !== to.architecture) {
    return { text: `it is for ${to.architecture}, the running Windows is ${from.architecture}`, sure: true };
  }
  if (from.server !== undefined && to.server !== undefined && from.server !== to.server) {
    const words = (server: boolean) => (server ? 'a server' : 'a client');
    return {
      text: `it is ${words(to.server)} system, the running one is ${words(from.server)}: there is no path between them`,
      sure: true,
    };
  }
  const server = from.server ?? to.server;
  const builds = [buildOf(from.version), buildOf(to.version)] as const;
  if (server === undefined || builds[0] === undefined || builds[1] === undefined) {
    const what =
      builds[0] === undefined
        ? 'the facts do not say the running version'
        : 'site and facts do not say version and kind of both systems';
    return { text: `whether the running Windows can be upgraded to it is not known: ${what}`, sure: false };
  }
  const releases = server ? SERVERS : CLIENTS;
  const source = releaseOf(releases, builds[0]);
  const target = releaseOf(releases, builds[1]);
  if (builds[1] < builds[0]) {
    return { text: `its build ${builds[1]} is older than the running ${builds[0]}`, sure: true };
  }
  const path = (server ? SERVER_PATHS : CLIENT_PATHS).find(([name]) => name === target?.name);
  const oldest = path && releases.find(({ name }) => name === path[1]);
  if (!source || !target || !oldest) {
    return { text: `there is no path from build ${builds[0]} to build ${builds[1]}`, sure: true };
  }
  if (builds[0] >= oldest.build) return undefined;
  return {
    text: `${target.name} takes ${oldest.name} or later, the device runs ${source.name} (build ${builds[0]})`,
    sure: true,
  };
}

function buildOf(version: string | undefined): number | undefined {
  const build = version?.split('.')[2];
  return build !== undefined && /^\d{3,6}$/.test(build) ? Number(build) : undefined;
}

function releaseOf(releases: readonly Release[], build: number): Release | undefined {
  return releases.findLast((release) => build >= release.build);
}
