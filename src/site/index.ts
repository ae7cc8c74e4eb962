/** Public face of `src/site`. */
export { builtInCollections, BUILT_IN_COLLECTIONS, UNKNOWN_COMPUTERS, UNKNOWN_DEVICES } from './built-in.ts';
export { siteCode } from './codes.ts';
export { type CsvDevice, type DevicesCsv, parseDevicesCsv } from './devices-csv.ts';
export { addToDevicesCsv } from './devices-csv-write.ts';
export { kindTitle, roleOf, type SiteFile } from './file-kinds.ts';
export { guidTells, identify, type Identifiers, type Identity, macTells } from './identify.ts';
export { siteJsonSchemas } from './json-schema.ts';
export { fitsLabels } from './labels.ts';
export { createSiteLoader, type LoadedSite, loadSite, type SiteLoader } from './load.ts';
export { type FactsOf, type Members, membersOf } from './members.ts';
export { membershipsOf, type Memberships } from './membership.ts';
export { deployingSteps, highImpactSteps, stepsWith, withChildren } from './sequence-effects.ts';
export { type Reference, referencesOf } from './references.ts';
export { highRiskReason, judgeTarget, offeredCollections, sizesOf, type TargetJudgement } from './target.ts';
export { copyIn, deleteIn, insertIn, moveIn, readYaml, setIn, type SetOptions, yamlText } from './yaml/index.ts';
export { schemaFile, schemaPath } from './json-schema.ts';
export { keyOrder, objectText, settingsText } from './object-text.ts';
export {
  conditionFromText,
  type Edited,
  editProperties,
  editSequence,
  findItem,
  ITEM_KEYS,
  type ItemChanges,
  type OneUpOrDown,
  type Placement,
  propertyFromText,
  propertyNamed,
  type PropertyChanges,
  removeVariableIn,
  type SequenceEdit,
  setCsvVariable,
  setVariableIn,
  type ShownItem,
  shownItem,
  type VariableChange,
} from './edit/index.ts';
