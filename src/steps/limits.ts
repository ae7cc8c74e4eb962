/** Forms of text that several step types share. */

/** Exit codes with spaces between them. */
export const SUCCESS_CODES = {
  max: 4000,
  pattern: /^-?[0-9]+( +-?[0-9]+)*$/,
  says: 'whole numbers with spaces between them',
} as const;

/** A version: two to four numbers. */
export const VERSION = { max: 255, pattern: /^[0-9]+(\.[0-9]+){0,3}$/, says: 'a version, as 10.0.22631' } as const;

/** An organizational unit (TPL-26); the length is that of the class. */
export const ORGANIZATIONAL_UNIT = {
  max: 32_767,
  pattern: /^[Ll][Dd][Aa][Pp]:\/\/.+/,
  says: 'a path that begins with LDAP://',
} as const;

/**
 * A product key (TPL-22): encoded keys and variables pass; a value of groups joined by hyphens is a plain key and
 * must have five groups of five.
 */
export const PRODUCT_KEY = { max: 255 } as const;
