/** Error codes of `images/tree`. */
import { registerCodes } from '../../src/core/index.ts';

export const treeCode = registerCodes({
  TREE_NAME_COLLISION: {
    title: 'Two names in one folder differ only in case, or a file and a folder have one name.',
    remedy: 'Rename one of them: FAT, Joliet and Windows would show only one.',
  },
  TREE_NAME_ILLEGAL: {
    title: 'A name cannot be stored on the target file system.',
    remedy: 'Rename the file; the message says which character or name is not allowed.',
  },
  TREE_LINK: {
    title: 'A folder holds a link or a special file.',
    remedy: 'Replace it by the file it points to: media hold plain files and folders only.',
  },
  TREE_EXISTS: {
    title: 'A file or folder that is to be written exists already.',
    remedy: 'Write into another folder: nothing is overwritten.',
  },
});
