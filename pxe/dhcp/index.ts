/** Public face of `pxe/dhcp`. */
export { addressNumber, addressSet, addressText, isAddress, NO_ADDRESS, prefixMask } from './address.ts';
export { dhcpCode } from './codes.ts';
export { decodeMessage } from './decode.ts';
export { encodeMessage, type EncodeOptions } from './encode.ts';
export { BROADCAST_FLAG, type DhcpMessage, type RawOption, rawOption } from './message.ts';
export { clientArchitectures } from './options/client-architecture.ts';
export { ipxeFeature, ipxeOptions } from './options/ipxe.ts';
export { isBlankGuid, machineIdentifier } from './options/machine-identifier.ts';
export { type NetworkInterface, networkInterface } from './options/network-interface.ts';
export { type DhcpOption, option, readOption } from './options/option.ts';
export {
  bcdPath,
  bootFile,
  broadcastAddress,
  clientIdentifier,
  configurationFile,
  domainName,
  domainNameServers,
  latin1,
  leaseTime,
  maximumMessageSize,
  messageType,
  messageTypeOption,
  parameterRequestList,
  pathPrefix,
  rebindingTime,
  renewalTime,
  requestedAddress,
  routers,
  serverIdentifier,
  serverName,
  subnetMask,
  vendorClass,
} from './options/plain.ts';
export { linkSelection, relayAgent, serverOverride } from './options/relay-agent.ts';
export { userClass } from './options/user-class.ts';
export {
  type BootItem,
  type BootServers,
  discovery,
  type MenuItem,
  type MenuPrompt,
  type PxeOptions,
  pxeOptions,
} from './options/vendor-specific.ts';
