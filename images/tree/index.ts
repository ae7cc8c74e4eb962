/** Public face of `images/tree`. */
export { emptyDirectory, overlayTree, sortNodes, treeFromFiles, type NewFile } from './build.ts';
export { treeCode } from './codes.ts';
export { compareTrees, type TreeDifference } from './compare.ts';
export {
  checkFileName,
  writeDirectory,
  writeInTurn,
  type FilesWriter,
  type FileToWrite,
} from './directory.ts';
export { readDirectory, type DirectoryTree } from './folder.ts';
export type { ListedEntry, ListedFile, ListedFolder } from './listed.ts';
export { compareNames, nameKey, pathSegments } from './names.ts';
export type { OpenPlacement, Piece, Placement } from './placement.ts';
export type { DirectoryNode, FileEntry, FileNode, NodeAttributes, TreeNode } from './types.ts';
export { filesOf, findFile, findNode, walkTree } from './walk.ts';
