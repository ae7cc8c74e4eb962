/** Values of properties as they are compared. */

/** A boolean that is on; imports keep the spelling `True`. */
export function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
