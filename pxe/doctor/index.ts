/** Public face of `pxe/doctor`. */
export type { CollectPorts } from './collect.ts';
export {
  explain,
  explainer,
  type Exchange,
  type Explainer,
  type Explanation,
  type ExplainOptions,
} from './explain.ts';
export { type Finding, type FindingCode, FINDINGS, type Severity } from './findings.ts';
export type { Line } from './lines.ts';
export { recordedPackets, seenReader, type SeenPacket, type SeenReader } from './seen.ts';
export { explanationText } from './text.ts';
export { bytesText, offerWords, quoted, rateText, timeText } from './words.ts';
