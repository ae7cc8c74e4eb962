/** Public face of `images/sample/programs`. */
export {
  abortpxeCom,
  bootAa64,
  bootmgrExeStandIn,
  bootmgrStandIn,
  bootX64,
  pxebootCom,
  pxebootN12,
} from './programs.ts';
