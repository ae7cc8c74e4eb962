/** The contract of all media builders: decide everything first, as data; then write; then verify what was written. */
import type { ByteSink, ByteSource } from '../../images/bytes/index.ts';
import type { OperationContext, Problem } from '../../src/core/index.ts';
import type { MediaPlanDocument } from '../../src/protocol/index.ts';

/** A file as it will lie on the medium. */
export interface PlannedFile {
  /** Segments joined by `/`. */
  readonly path: string;
  readonly size: number;
  /** Where it comes from, in words: `boot image: Windows/Boot/EFI/bootmgfw.efi`, `generated`. */
  readonly origin: string;
  /** True when the stick's FAT volume will not show it (4 GiB and more). */
  readonly discOnly: boolean;
}

/** A stretch of the image file. */
export interface PlannedRegion {
  readonly purpose: string;
  /** Bytes. */
  readonly offset: number;
  readonly size: number;
}

/** Everything that will be written, before a byte is. */
export interface MediaPlan {
  readonly mediaId: string;
  readonly document: MediaPlanDocument;
  readonly files: readonly PlannedFile[];
  readonly regions: readonly PlannedRegion[];
  /** Bytes of the artifact. */
  readonly size: number;
  /** What the medium can do, what it cannot and why, in sentences for people. */
  readonly notes: readonly Problem[];
}

export interface VerificationReport {
  readonly mediaId: string;
  /** How many files were read and compared with the manifest. */
  readonly files: number;
  /** Bytes read. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

export interface MediaBuilder<Spec, Plan extends MediaPlan> {
  /** Decides everything; reads inputs, writes nothing. Throws what makes the medium impossible. */
  plan(spec: Spec, context: OperationContext): Promise<Plan>;
  /** Writes the whole artifact into `sink`, from the start. */
  write(plan: Plan, sink: ByteSink, context: OperationContext): Promise<void>;
  /** Reads back what was written with our readers and compares it with its own manifest and rules. */
  verify(written: ByteSource, context: OperationContext): Promise<VerificationReport>;
}

/** A finished medium. */
export interface Artifact<Plan extends MediaPlan> {
  readonly path: string;
  readonly plan: Plan;
  /** SHA-256 of the artifact, lower-case hexadecimal. */
  readonly sha256: string;
  readonly report: VerificationReport;
}
