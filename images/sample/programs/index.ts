/** Public face of `images/sample/programs`. */
export { bootAa64, bootmgrStandIn, bootX64 } from './programs.ts';
