/** Limits of a task sequence, each with where it comes from. */

/** Groups inside groups, and conditions inside conditions (TPL-10; ours). */
export const MAXIMUM_DEPTH = 64;
/** Characters of a WMI query (configmgr-formats 4.4). */
export const MAXIMUM_QUERY = 16_384;
/** Parentheses and NOTs inside each other in one query; ours. */
export const MAXIMUM_QUERY_DEPTH = 64;
/** Characters of a name in the SDK (configmgr-formats 4.2). */
export const MAXIMUM_NAME = 100;
/** Characters of a description (configmgr-formats 4.2). */
export const MAXIMUM_DESCRIPTION = 255;
/** Variables of one device (VAR-09); media and the running sequence have no such limit. */
export const MAXIMUM_DEVICE_VARIABLES = 1000;
