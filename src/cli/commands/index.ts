/** All commands, in the order that help shows. */
import type { AnyCommand } from '../command.ts';
import { demoCommand } from './demo.ts';
import { imageApplyCommand } from './image-apply.ts';
import { imageCaptureCommand } from './image-capture.ts';
import { imageCreateIsoCommand } from './image-create-iso.ts';
import { imageExportCommand } from './image-export.ts';
import { imageExtractCommand } from './image-extract.ts';
import { imageInspectCommand } from './image-inspect.ts';
import { imageJoinCommand } from './image-join.ts';
import { imageListCommand } from './image-list.ts';
import { imageOptimizeCommand } from './image-optimize.ts';
import { imageSplitCommand } from './image-split.ts';
import { imageTreeCommand } from './image-tree.ts';
import { imageUpdateCommand } from './image-update.ts';
import { imageVerifyCommand } from './image-verify.ts';
import { mediaCreateBootableCommand } from './media-create-bootable.ts';
import { mediaInspectCommand } from './media-inspect.ts';
import { mediaVerifyCommand } from './media-verify.ts';

export const commands: readonly AnyCommand[] = [
  demoCommand,
  imageInspectCommand,
  imageListCommand,
  imageTreeCommand,
  imageExtractCommand,
  imageVerifyCommand,
  imageSplitCommand,
  imageJoinCommand,
  imageExportCommand,
  imageUpdateCommand,
  imageOptimizeCommand,
  imageCaptureCommand,
  imageApplyCommand,
  imageCreateIsoCommand,
  mediaCreateBootableCommand,
  mediaInspectCommand,
  mediaVerifyCommand,
];
