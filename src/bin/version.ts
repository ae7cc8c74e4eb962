/** The version of osdkit. A test compares it with package.json, so that no file has to be read at start. */
export const version = '0.1.0';
