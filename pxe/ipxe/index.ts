/** Public face of `pxe/ipxe`. */
export { bootScript, exitScript, type BootScript, type ScriptTargets } from './script.ts';
