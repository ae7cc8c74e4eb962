/**
 * How conditions compare texts. No source says it (configmgr-formats 4.4): equality is text without case; order is numeric where
 * both are whole numbers or dotted versions, else by characters. Exit codes are unsigned 32-bit numbers: a negative or
 * hexadecimal spelling equals the decimal one (ENG-05, VAR-16).
 */
import type { OrderOperator } from '../../model/index.ts';

/** Whether `left operator right` holds. */
export function compareTexts(operator: OrderOperator, left: string, right: string): boolean {
  const equal = equalTexts(left, right);
  if (operator === 'equals') return equal;
  if (operator === 'notEquals') return !equal;
  const order = equal ? 0 : orderTexts(left, right);
  if (operator === 'less') return order < 0;
  if (operator === 'lessEqual') return order <= 0;
  return operator === 'greater' ? order > 0 : order >= 0;
}

/** Without case, or the same exit code in another spelling. */
export function equalTexts(left: string, right: string): boolean {
  if (left.toUpperCase() === right.toUpperCase()) return true;
  if (!isCodeSpelling(left) && !isCodeSpelling(right)) return false;
  const code = exitCodeOf(left);
  return code !== undefined && code === exitCodeOf(right);
}

const isCodeSpelling = (text: string): boolean => /^(-\d+|0[xX][0-9A-Fa-f]+)$/.test(text.trim());

/** An unsigned 32-bit number from its decimal, negative or hexadecimal spelling. */
export function exitCodeOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(-?\d{1,10}|0[xX][0-9A-Fa-f]{1,8})$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value < -0x8000_0000 || value > 0xffff_ffff ? undefined : value >>> 0;
}

/** Negative, 0 or positive. */
function orderTexts(left: string, right: string): number {
  const a = numbersOf(left);
  const b = numbersOf(right);
  if (a && b) return orderNumbers(a, b);
  const [upperLeft, upperRight] = [left.toUpperCase(), right.toUpperCase()];
  return upperLeft < upperRight ? -1 : upperLeft > upperRight ? 1 : 0;
}

/** The parts of a whole number or dotted version; undefined for all else. */
function numbersOf(text: string): readonly bigint[] | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 400) return undefined;
  if (/^-\d+$/.test(trimmed) || /^0[xX][0-9A-Fa-f]+$/.test(trimmed)) {
    return [trimmed.startsWith('-') ? -BigInt(trimmed.slice(1)) : BigInt(trimmed)];
  }
  return /^\d+(\.\d+)*$/.test(trimmed) ? trimmed.split('.').map(BigInt) : undefined;
}

/** Part by part; a part that is missing is 0, so that 10.0 and 10.0.0 are neither less nor greater. */
function orderNumbers(a: readonly bigint[], b: readonly bigint[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [left, right] = [a[index] ?? 0n, b[index] ?? 0n];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Milliseconds of a CIM datetime (`yyyymmddHHMMSS.mmmmmm+UUU`, offset in minutes) or of an ISO 8601 date with zone. */
export function instantOf(text: string): number | undefined {
  const cim = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-]\d{3})$/.exec(text.trim());
  if (cim) {
    const [year, month, day, hour, minute, second, micro, offset] = cim.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined;
    return Date.UTC(year, month - 1, day, hour, minute - offset, second, Math.floor(micro / 1000));
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text.trim())) return undefined;
  const instant = Date.parse(text.trim());
  return Number.isNaN(instant) ? undefined : instant;
}
