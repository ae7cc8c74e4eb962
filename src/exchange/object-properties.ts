/**
 * Properties of SMS_TaskSequencePackage (configmgr-formats 5.2) that have no place of their own in the model: type and what a new
 * object has. An import keeps other values under `extra` of the sequence.
 */

export interface ObjectProperty {
  readonly type: string;
  /** Declared by SMS_PackageBaseclass; the others by SMS_TaskSequencePackage. */
  readonly base: boolean;
  readonly usual: string | readonly string[] | null;
  readonly propagated?: true;
  /** Of the site that exported: names of servers and shares, locks, sizes. Never taken over. */
  readonly local?: true;
}

const base = (type: string, usual: ObjectProperty['usual'], rest: Partial<ObjectProperty> = {}): ObjectProperty => ({
  type,
  base: true,
  usual,
  ...rest,
});
const own = (type: string, usual: ObjectProperty['usual'], rest: Partial<ObjectProperty> = {}): ObjectProperty => ({
  ...base(type, usual, rest),
  base: false,
});
const inherited = { propagated: true } as const;
const local = { local: true } as const;

/** DISABLED 0x1000 and USE_CUSTOM_PROGRESS_MSG 0x2 of `ProgramFlags` come from the model. */
export const usualProgramFlags = 152084496;
/** A moment for objects that no site has touched. */
const noTime = '19800101000000.000000+000';

export const objectProperties: ReadonlyMap<string, ObjectProperty> = new Map([
  ['ActionInProgress', base('uint32', '1')],
  ['AlternateContentProviders', base('string', '')],
  ['BaseBoardProductID', base('string', '', inherited)],
  ['DriverManufacturer', base('string', '', inherited)],
  ['DriverModel', base('string', '', inherited)],
  ['DriverOSVersion', base('string', '', inherited)],
  ['DriverPkgVersion', base('string', '', inherited)],
  ['ExtendedData', base('uint8[]', null)],
  ['ExtendedDataSize', base('uint32', '0')],
  ['ForcedDisconnectDelay', base('uint32', '5')],
  ['ForcedDisconnectEnabled', base('boolean', 'FALSE')],
  ['ForcedDisconnectNumRetries', base('uint32', '2')],
  ['Icon', base('uint8[]', null)],
  ['IconSize', base('uint32', '0')],
  ['IgnoreAddressSchedule', base('boolean', 'FALSE')],
  ['ISVData', base('uint8[]', null)],
  ['ISVDataSize', base('uint32', '0')],
  ['IsVersionCompatible', base('boolean', null, inherited)],
  ['ISVString', base('string', '')],
  ['Language', base('string', '')],
  ['LastRefreshTime', base('datetime', noTime)],
  ['LocalizedCategoryInstanceNames', base('string[]', null, inherited)],
  ['LocalizedTaskSequenceDescription', own('string', '')],
  ['LocalizedTaskSequenceName', own('string', '')],
  ['Manufacturer', base('string', '')],
  ['MIFFilename', base('string', '')],
  ['MIFName', base('string', '')],
  ['MIFPublisher', base('string', '')],
  ['MIFVersion', base('string', '')],
  ['NumOfPrograms', base('uint32', null, inherited)],
  ['ObjectPath', base('string', null, local)],
  ['PackageSize', base('uint32', null, { ...inherited, ...local })],
  ['PackageType', base('uint32', '4')],
  ['PkgFlags', base('uint32', '0')],
  ['PkgSourceFlag', base('uint32', '1')],
  ['PkgSourcePath', base('string', '', { ...inherited, ...local })],
  ['PreDownloadRule', base('string', '')],
  ['PreferredAddressType', base('string', '')],
  ['Priority', base('uint32', '2')],
  ['RefreshPkgSourceFlag', base('boolean', 'FALSE')],
  ['RefreshSchedule', base('object:SMS_ScheduleToken[]', null)],
  ['Reserved', own('string', null)],
  ['SecuredScopeNames', base('string[]', ['Default'], local)],
  ['SedoObjectVersion', base('string', null, local)],
  ['ShareName', base('string', '', local)],
  ['ShareType', base('uint32', '1')],
  ['SourceDate', base('datetime', noTime)],
  ['SourceSite', base('string', '', local)],
  ['SourceSize', own('uint32', null, local)],
  ['SourceVersion', base('uint32', '1')],
  ['StoredPkgPath', base('string', '', local)],
  ['StoredPkgVersion', base('uint32', '1')],
  ['SupportedOperatingSystems', own('object:SMS_OS_Details[]', [])],
  ['TaskSequenceFlags', own('uint32', '0')],
  ['Version', base('string', '')],
]);
