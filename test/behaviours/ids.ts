/**
 * The documented behaviours that osdkit matches, of the areas built so far: id, title of our own, and how each is to be
 * shown. Ids are those of the project's checklist (shared facts, behaviours.md) and are kept for good. test/behaviours.test.ts
 * fails for an id whose proof no test names in its title.
 */
export type Proof = 'unit' | 'golden' | 'lint' | 'plan' | 'refusal' | 'rehearsal' | 'qemu' | 'later';

/** `id title | proofs`, one a line. */
const TABLE = `
SITE-01 kinds of objects | unit lint
SITE-02 name, description, one boot image | unit
SITE-03 Software Center data lies with the sequence | unit
SITE-04 folders of sequences, found by id | unit
SITE-05 built-in and custom collections | unit lint
SITE-06 unknown computers per architecture | unit
SITE-07 look-up by GUID, then MAC, conflicts named | unit rehearsal
SITE-08 collections know site systems and servers | unit lint
SITE-09 sizes of deployment verification | unit lint
SITE-10 variables and priority of a collection | unit
SITE-11 variables of a device | unit lint
SITE-12 PXE settings of a distribution point | unit lint
SITE-13 package share flag | unit lint
SITE-14 uninstall program of a deployment type | unit
SITE-15 maintenance windows of a collection | unit plan
SITE-16 boundary groups: local and remote points | unit plan
SITE-17 computer associations, many to one store | unit rehearsal
SITE-18 what must exist before a sequence | lint
SITE-19 content on points before build and capture | lint plan
SITE-20 ids unique and stable, priority before id | lint
SITE-21 features by release | unit
TPL-01 kinds of the wizard | golden
TPL-02 trees may be changed | lint
TPL-03 wizard name stored, type name shown | golden
TPL-04 name pairs, install | unit
TPL-05 name pairs, build and capture | unit
TPL-06 commands take type or wizard name | unit
TPL-07 FullMedia condition only in the compatible form | golden plan
TPL-08 page Task Sequence Information | golden
TPL-09 architecture of boot image and hardware | lint plan
TPL-10 groups nest to 64 | unit lint
TPL-11 each option changes only its steps | golden
TPL-12 answered no: step and emptied group go | golden
TPL-20 image package and index | golden lint
TPL-21 partition switch | golden
TPL-22 forms of the product key | unit lint
TPL-23 server licensing | golden lint
TPL-24 local administrator, install | golden
TPL-25 workgroup or domain | golden lint
TPL-26 organizational unit | golden lint
TPL-27 account of the join | unit lint
TPL-28 credentials for migrated membership | lint
TPL-29 client package and properties | golden plan
TPL-30 three state switches | golden
TPL-31 updates: required, all, none | golden
TPL-32 ordered applications, continue on failure | golden lint
TPL-33 driver categories | golden
TPL-34 restart message | golden rehearsal
TPL-35 disk number | golden
TPL-36 answer file and target | golden
TPL-37 BIOS and UEFI pair of partition steps | golden plan
TPL-40 tree 1 Capture Files and Settings | golden
TPL-41 tree 1.1 Capture Windows Settings | golden
TPL-42 tree 1.2 Capture Network Settings | golden
TPL-43 tree 1.3 Capture User Files and Settings | golden
TPL-44 tree 1.3.1 Request User State Storage | golden
TPL-45 tree 1.3.2 Capture User Files and Settings | golden
TPL-46 tree 1.3.3 Release User State Storage | golden
TPL-47 tree 2 Install Operating System | golden
TPL-48 tree 2.1 Restart in Windows PE | golden
TPL-49 tree 2.2 Partition Disk 0 | golden
TPL-50 tree 2.3 Apply Operating System | golden
TPL-51 tree 2.4 Apply Windows Settings | golden
TPL-52 tree 2.5 Apply Network Settings | golden
TPL-53 tree 2.6 Apply Device Drivers | golden
TPL-54 tree 2.7 Apply Driver Package | golden
TPL-55 tree 3 Setup Operating System | golden
TPL-56 tree 3.1 Setup Windows and ConfigMgr | golden
TPL-57 tree 3.2 Install Updates | golden
TPL-58 tree 3.3 Install Applications | golden
TPL-59 tree 3.4 Restore User Files and Settings | golden
TPL-60 tree 3.4.1 Request User State Storage | golden
TPL-61 tree 3.4.2 Restore User Files and Settings | golden
TPL-62 tree 3.4.3 Release User State Storage | golden
TPL-63 pages of build and capture | golden
TPL-64 local administrator, capture | golden
TPL-65 Sysprep package refused in new sequences | golden refusal
TPL-66 image properties | golden unit
TPL-67 capture path and account | golden lint
TPL-68 overwrite only when said | unit rehearsal refusal
TPL-69 captured WIM named for import | rehearsal
TPL-70 wizard and editor names both taken | golden
TPL-71 tree 1 Build the Reference Computer | golden
TPL-72 tree 1.1 Restart in Windows PE | golden
TPL-73 tree 1.2 Partition Disk 0 | golden
TPL-74 tree 1.3 Apply Operating System | golden
TPL-75 tree 1.4 Apply Windows Settings | golden
TPL-76 tree 1.5 Apply Network Settings | golden
TPL-77 tree 1.6 Apply Device Drivers | golden
TPL-78 tree 1.7 Setup Windows and ConfigMgr | golden
TPL-79 tree 1.8 Install Updates | golden
TPL-80 tree 1.9 Install Applications | golden
TPL-81 tree 2 Capture the Reference Computer | golden
TPL-82 tree 2.1 Join Workgroup | golden
TPL-83 tree 2.2 Prepare ConfigMgr Client | golden
TPL-84 tree 2.3 Prepare Operating System | golden
TPL-85 tree 2.4 Capture the Reference Machine | golden
TPL-86 capture of an existing computer: three steps | golden
TPL-87 client preparation only with a client | golden rehearsal
TPL-88 no capture of a domain member | golden rehearsal
TPL-89 settings of the capture step | golden lint
TPL-90 never capture a computer twice | lint rehearsal
TPL-91 two ways to start a capture | golden rehearsal qemu
TPL-100 upgrade paths | lint plan
TPL-101 upgrade needs no boot image | golden
TPL-102 upgrade package and its properties | golden
TPL-103 edition index | golden lint
TPL-104 key of an upgrade | golden lint
TPL-105 server upgrade ignores messages | golden lint
TPL-106 updates and applications after an upgrade | golden
TPL-107 recommended groups, older form | golden
TPL-108 uninstall of an incompatible application | golden
TPL-109 /ReflectDrivers variable | golden rehearsal
TPL-110 battery and wired checks | golden rehearsal
TPL-111 one sequence, two architectures | golden rehearsal
TPL-112 drivers by model | golden rehearsal
TPL-113 readiness numbers | golden
TPL-114 assessment step | golden rehearsal
TPL-115 exit of the assessment | golden rehearsal
TPL-116 BIOS to UEFI after the upgrade | golden later
TPL-117 default app associations | golden
TPL-120 tree 1 Prepare for Upgrade | golden
TPL-121 tree 1.1 Battery checks | golden
TPL-122 tree 1.2 Network/wired connection checks | golden
TPL-123 tree 1.3 Remove incompatible applications | golden
TPL-124 tree 1.4 Remove incompatible drivers | golden
TPL-125 tree 1.5 Remove/suspend third-party security | golden
TPL-126 tree 1.0 Check Readiness | golden
TPL-127 tree 2 Upgrade the Operating System | golden
TPL-128 tree 2.1 Upgrade Operating System | golden
TPL-129 tree 2.2 Restart Computer | golden
TPL-130 tree 3 Post-Processing | golden
TPL-131 tree 3.1 Apply setup-based drivers | golden
TPL-132 tree 3.2 Install/enable third-party security | golden
TPL-133 tree 3.3 Set Windows default apps and associations | golden
TPL-134 tree 3.4 Apply customizations and personalization | golden
TPL-135 tree 3.x Install Updates, Install Applications | golden
TPL-136 tree 4 Rollback | golden
TPL-137 tree 5 Run actions on failure | golden
TPL-140 user state inserted into a sequence | golden
TPL-141 the two subgroups of user state | golden
TPL-142 virtual hard disk | golden later
TPL-143 custom adds nothing | golden
TPL-144 non-OS sequence | golden lint
EDIT-01 one command, one atomic write | unit
EDIT-02 categories of steps | unit
EDIT-03 new group | unit
EDIT-04 move up and down by one | unit
EDIT-05 removal names what goes with it | unit
EDIT-06 free step names, both shown | golden
EDIT-07 options of every step | unit
EDIT-08 properties and steps apart | unit
EDIT-09 copy with its own id | unit
EDIT-10 move to a folder | unit
EDIT-11 disabled sequence | unit plan rehearsal
EDIT-12 enable without a new deployment | unit
EDIT-13 changed content, rebuilt list | plan lint
EDIT-14 distribute content of a sequence | unit later
EDIT-15 targets of a distribution | unit
EDIT-16 points that have it already | unit later
EDIT-17 content missing on points | plan lint
EDIT-18 prestaged content file | golden later
HI-01 marked as high impact | unit
HI-02 computed high impact | unit plan
HI-03 custom text only when high impact | lint refusal
HI-04 four texts of 255 characters | unit lint
HI-05 all three boxes filled | lint
HI-06 default headline | golden
HI-07 default main text | golden
HI-08 default bold text | golden
HI-09 default last line | golden
HI-10 order of the notice | golden later
HI-11 notice before the start | later
HI-12 restart required | unit
HI-13 download size | unit
HI-14 run time | unit
HI-15 information only | unit
VAR-01 variables of devices and collections | unit
VAR-02 device over collection | unit plan
VAR-03 edited with their owner | unit
VAR-04 hidden values masked everywhere | unit golden
VAR-05 unmasking asks for the value | unit refusal
VAR-06 priority of collections | unit plan
VAR-07 deleted with the collection | unit
VAR-08 all members alike | unit
VAR-09 at most 1000 | unit lint
VAR-10 unknown computers: collection only | unit plan
VAR-11 read-only names | lint refusal
VAR-12 _SMSTSInWinPE | rehearsal
VAR-13 _SMSTSClientCache | rehearsal
VAR-14 _SMSTSMediaType | unit rehearsal
VAR-15 download retries | unit rehearsal
VAR-16 return code of the upgrade | unit rehearsal
VAR-17 rollback flag | rehearsal
VAR-18 X01, X02 of downloads | unit rehearsal
VAR-19 expansion in fields | unit
VAR-20 variables of media | unit plan
VAR-21 each value names its source | plan
IO-01 with or without dependencies | golden
IO-02 dependencies by default | golden
IO-03 content by default | golden
IO-04 several sequences in one file | golden
IO-05 extension .zip | unit
IO-06 administrator comments | golden
IO-07 _files folder | golden
IO-08 content missing at import | unit refusal
IO-09 source location after import | unit
IO-10 passwords never exported | golden
IO-11 passwords to type again | golden lint
IO-12 secret values of dynamic variables | golden lint
IO-13 objects listed with actions | golden
IO-14 create new | unit
IO-15 ignore duplicate or overwrite | unit
IO-16 revision or new application | unit
IO-17 unknown means stop | lint
IO-18 import, export, import again | golden
DEP-01 one sequence, one collection, fixed | unit
DEP-02 the sequence that it was started from | unit
DEP-03 comments | unit
DEP-04 invalid reference: not deployable | lint refusal
DEP-05 unsuitable collections | lint refusal
DEP-07 user and device collections | unit later
DEP-08 high risk computed | unit plan
DEP-09 what is not high risk | unit
DEP-10 custom and Unknown Computers only | lint refusal
DEP-11 default size hides | unit
DEP-12 maximum size forbids | unit refusal
DEP-13 limits inclusive | unit
DEP-14 checked at creation | unit lint
DEP-16 site systems block | refusal
DEP-17 high-risk warnings | lint
DEP-18 consent recorded | unit refusal
DEP-20 available | unit later
DEP-21 required | unit later
DEP-22 logged-on switch refused | refusal
DEP-23 approval switch refused | refusal
DEP-24 wake-up only when required | unit refusal later
DEP-25 metered connection | lint refusal
DEP-26 four availabilities | unit
DEP-27 the automatic recipe | lint plan qemu
DEP-28 hidden only by preferred id | unit rehearsal
DEP-29 clients and media apart | unit
DEP-30 Windows PE evaluates no schedule | unit plan rehearsal
DEP-31 schedule without effect | lint
DEP-32 maintenance windows instead | plan later
DEP-33 available from, UTC or local | unit
DEP-34 download at the available time | unit later
DEP-35 expires | unit
DEP-36 several assignments | unit
DEP-37 date or recurrence | unit
DEP-38 event assignments | unit later
DEP-39 assignment before availability | unit later
DEP-40 rerun default | unit
DEP-41 rerun needs an assignment | unit plan
DEP-42 never rerun | unit
DEP-43 always rerun | unit
DEP-44 rerun if failed | unit
DEP-45 rerun if succeeded | unit
DEP-47 available and not safe twice | lint
DEP-50 users outside assignments | unit refusal
DEP-51 progress shown | unit rehearsal
DEP-52 installation outside windows | unit later
DEP-53 restart outside windows | unit later
DEP-54 clients on the Internet | unit refusal
DEP-55 alerts | unit later
DEP-60 deployment options | unit
DEP-61 download by step | rehearsal
DEP-62 download first not with media | unit refusal
DEP-63 download first not with partitioning | lint refusal
DEP-64 multicast needs download | lint refusal later
DEP-65 direct access needs shares | lint refusal
DEP-66 remote points | unit plan later
DEP-67 options apply in the full OS | plan
CACHE-01 content before the installation | later
CACHE-02 both sums | plan
CACHE-03 architecture and decimal language | unit lint
CACHE-04 client picks by label | unit plan
CACHE-05 a conditioned step per label | plan rehearsal
CACHE-06 switch on the deployment | unit
CACHE-07 only when available | refusal
CACHE-08 at the available time | unit later
CACHE-09 only the upgrade package is filtered | plan
CACHE-10 two content lists | plan
CACHE-11 no label fits all | unit
CACHE-12 visible when available | later
CACHE-13 incomplete cache | later
UDA-01 users of the computer | unit later
UDA-02 no OS by affinity | refusal
UDA-03 several computers a user | unit
UDA-04 modes agree | lint plan
PXE-01 boot image from a point that answers | qemu
PXE-02 only points with PXE on, settings a point | unit lint
PXE-03 password asked in Windows PE | rehearsal
PXE-04 required once until cleared, by delivery, few tries an hour | unit rehearsal qemu
PXE-05 boot image of the sequence, by architecture | unit qemu
PXE-06 known by any identifier | unit rehearsal
PXE-07 unknown computers only where served | unit qemu
PXE-08 multicast | later
PXE-09 prompt or none, by firmware and purpose | unit qemu
PXE-10 why, by identifier, deployment, image | unit rehearsal
UNK-01 computers without record | qemu
UNK-02 three kinds of unknown | unit
UNK-03 reached by the collection | unit qemu
UNK-04 object is target, never identity | unit rehearsal
UNK-05 imported is known | unit
UPD-01 required, all, none | golden
UPD-02 only targeted updates | unit rehearsal
UPD-03 evaluated when the step runs | rehearsal
UPD-04 source named | lint
UPD-05 stand-alone media | plan rehearsal
UPD-06 before the capture | golden
`;

export interface Behaviour {
  readonly id: string;
  readonly title: string;
  readonly proofs: readonly Proof[];
}

export const behaviours: readonly Behaviour[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [head = '', proofs = ''] = line.split(' | ');
    const space = head.indexOf(' ');
    return { id: head.slice(0, space), title: head.slice(space + 1), proofs: proofs.split(' ') as Proof[] };
  });
