/** A site with every kind of object and every key of each, without a mistake. */
import { SCRIPT } from './site-of.ts';

const HASH = 'a'.repeat(64);
const content = `content: { sha256: ${HASH}, size: 12, source: '\\\\server\\share' }
distribution: { points: [DP1], groups: [All points] }
packageShare: true
`;

/** One file a kind; the first column is the path. */
export const everyKind: Readonly<Record<string, string>> = {
  'site.yaml': `osdkit: 1
siteCode: ABC
name: Full
description: All keys
keys: { signing: ${'A'.repeat(43)}, sealing: ${'B'.repeat(43)} }
deploymentVerification: { defaultSize: 100, maximumSize: 1000, siteSystems: block }
duplicateHardwareIds: { macAddresses: [00-50-B6-11-11-11], smbiosGuids: [00000000-0000-0000-0000-000000000000] }
softwareUpdates: { source: files, sets: [Updates] }
contentLibrary: content
clientPackage: Tools
usmtPackage: ABC00006
variables: { OSDTimeZone: UTC }
`,
  'boot-images/pe.yaml': `id: ABC00001
name: pe-x64
description: Windows PE
manufacturer: Microsoft
version: 1.10
${content}architecture: x64
index: 1
language: 1033
osVersion: 10.0.26100.1
default: true
drivers: [Net]
components: [WinPE-WMI]
pxe: true
`,
  'operating-systems/os.yaml': `id: ABC00002\nname: os\n${content}architecture: x64\nlanguage: 1031\neditions: [{ index: 3, name: Windows 11 Enterprise, edition: Enterprise, architecture: x64, version: 10.0, language: en-US }]\n`,
  'upgrade-packages/up.yaml': `id: ABC00003\nname: up\n${content}architecture: arm64\nlanguage: 1033\neditions: [{ index: 1 }]\n`,
  'drivers/net.yaml': `id: ABC00004\nname: Net\n${content}categories: [Laptops]\nenabled: false\ninf: net.inf\nprovider: Contoso\nclass: Net\ndate: 2026-01-01\narchitectures: [x64]\nhardwareIds: ['PCI\\VEN_8086&DEV_15F3']\n`,
  'driver-packages/laptop.yaml': `id: ABC00005\nname: Laptop\n${content}model: Latitude 7440\ndrivers: [Net]\n`,
  'packages/tools.yaml': `id: ABC00006
name: Tools
${content}architecture: x64
language: 1033
programs:
  - name: Install
    description: Quiet
    commandLine: setup.exe /q
    startIn: tools
    window: hidden
    afterRunning: restart
    maximumRunTime: 30
    diskSpace: 100
    canRun: always
    administrator: true
    userInput: false
    inTaskSequence: true
    runFirst: { package: Tools, program: Check }
    enabled: true
  - { name: Check, commandLine: check.exe }
`,
  'applications/editor.yaml': `id: ABC00007
name: Editor
manufacturer: Contoso
version: 7
revision: 3
deploymentTypes:
  - name: MSI
    technology: windowsInstaller
    install: msiexec /i editor.msi /qn
    uninstall: msiexec /x editor.msi /qn
    productCode: '{01234567-89AB-CDEF-0123-456789ABCDEF}'
    content: { sha256: ${HASH}, size: 0 }
    successCodes: [0, 3010]
dependencies: [Runtime]
inTaskSequence: true
`,
  'applications/runtime.yaml': `id: ABC00008\nname: Runtime\n`,
  'software-updates/updates.yaml': `id: ABC00009\nname: Updates\n${content}updates: [{ article: KB5034441, title: Update, file: a.msu, required: true }]\ncollections: [Lab]\n`,
  'task-sequences/servers/script.yaml': SCRIPT.replace(
    'steps:',
    `description: Text
category: Tests
bootImage: pe-x64
enabled: true
form: configmgr
highImpact: { marked: true, customText: true, headline: Head, message: [a, b, c] }
softwareCenter: { restartRequired: true, downloadSize: 4000, runTime: 60 }
maximumRunTime: 120
runFirst: { package: Tools, program: Check }
progressMessage: Please wait
extra: { SourceSite: ABC }
steps:`,
  ),
  'devices/pc1.yaml': `name: PC1
description: Desk 1
macAddresses: [00:15:5D:00:00:01, 0015.5d00.0002]
smbiosGuid: 4C4C4544-0042-3510-8054-B4C04F583432
serialNumber: 0012
assetTag: A1
architecture: x64
variables: { OSDComputerName: PC1, Hidden: { value: 1.10, hidden: true }, OSDJoinPassword: !secret c2VhbGVk }
users: ['CONTOSO\\ann', 'CONTOSO\\bob']
siteSystem: false
server: false
`,
  'devices.csv': 'name,guid\nPC2,4C4C4544-0042-3510-8054-B4C04F583433\n',
  'collections/lab.yaml': `id: ABC00020
name: Lab
type: device
limiting: All Systems
members:
  devices: [PC1]
  csv: more.csv
  rules: [{ name: Ours, condition: [{ variable: OSDComputerName, exists: true }] }]
  include: [Rest]
  exclude: [Unknown Computers]
variables: { Ring: 1 }
variablePriority: 5
defaultDistributionPointGroup: All points
maintenanceWindows:
  - { name: Night, appliesTo: taskSequences, start: 2026-01-01T22:00, duration: 240, every: { weeks: 1, on: sunday }, enabled: true }
`,
  'collections/rest.yaml': `id: ABC00021\nname: Rest\ntype: device\n`,
  'more.csv': 'name\nPC2\n',
  'deployments/d.yaml': `id: ABC20001
name: Deploy
description: Text
taskSequence: Script
collection: Lab
comments: Free text
enabled: true
purpose: required
availableTo: clientsMediaAndPxe
priority: 7
schedule:
  available: 2026-01-01T08:00
  expires: 2026-12-31T08:00Z
  assignments: [{ at: 2026-01-02T20:00Z }, { event: logOff }]
  rerun: never
userExperience:
  { runIndependently: true, showProgress: true, installOutsideWindow: true, restartOutsideWindow: true, commitOnWriteFilter: true, internetClients: false }
content: { option: whenNeeded, remotePoints: true, defaultBoundaryGroup: true, multicast: false }
alerts: { failuresAbove: 10, successBelow: { percent: 90, by: 2026-02-01T00:00Z } }
wakeUp: true
preDownload: false
sizeAtCreation: 2
consents: [{ who: ann, when: 2026-01-01T08:00Z, collection: ABC00020, size: 2, warnings: [server] }]
`,
  'computer-associations/a.yaml': `id: ABC00030\nname: Move\nsource: PC1\ntarget: PC2\nusers: listed\naccounts: ['CONTOSO\\ann']\nstateMigrationPoint: SMP1\nstate: captured\n`,
  'boundary-groups/main.yaml': `name: Main\nboundaries: [{ subnet: 10.0.0.0/8 }, { range: 10.1.0.1-10.1.0.9 }, { adSite: Lab }]\ndistributionPoints: [DP1]\nstateMigrationPoints: [SMP1]\nneighbours: [{ group: Main, after: 120 }]\ndefault: true\n`,
  'distribution-points/dp1.yaml': `name: DP1
url: https://dp1.contoso.com/osd
pxe:
  enabled: true
  unknownComputers: true
  password: !secret c2VhbGVk
  passwordVerifier: scrypt.17.8.1.${'A'.repeat(22)}.${'B'.repeat(43)}
  userDeviceAffinity: approval
  delay: 2
  interfaces: [00:15:5D:00:00:09]
  excludedMacAddresses: [00:15:5D:00:00:08]
  unknownArchitectures: [x64, arm64]
  approval: true
  relays: [10.1.0.1, 10.2.0.0/16]
  optionOnly: false
  triesPerHour: 5
  abortWithoutDeployment: true
  menu: true
  menuTimeout: 20
  httpLoader: false
  signingAuthority: 2023
  ipxe: tools/undionly.kpxe
  tftp: { blockSize: 1456, window: 16, maxWindow: 64, queueBudget: 256 }
  linkSpeed: 1000
  pacing: true
  dhcpServer:
    range: 10.9.0.100-10.9.0.199
    prefixLength: 24
    router: 10.9.0.1
    dnsServers: [10.9.0.2]
    domain: staging.contoso.com
    leaseTime: 60
multicast: true
`,
  'distribution-point-groups/all.yaml': 'name: All points\npoints: [DP1]\n',
  'state-migration-points/smp1.yaml': `name: SMP1\nfolders: [{ path: 'D:\\State', maximumClients: 100, minimumFreeSpace: 1024 }]\ndeleteAfter: 1\nrestoreOnly: false\n`,
};
