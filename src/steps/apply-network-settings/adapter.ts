/** The settings of one adapter: `OSDAdapter{i}...` (configmgr-formats 4.5). Global, so hidden in the step. */
import { flag, HIDDEN, integer, text } from '../property.ts';
import type { PropertySpec } from '../types.ts';

export const adapter: Readonly<Record<string, PropertySpec>> = {
  Name: text('Name', 'Name of the connection', { max: 255 }, HIDDEN),
  MacAddress: text('MacAddress', 'Which adapter', { max: 255 }, HIDDEN),
  // The SDK's class spells it so, the list of variables as above; names of variables have no case.
  MACAddress: text('MACAddress', 'Which adapter, as the class spells it', { max: 255 }, HIDDEN),
  Index: integer('Index', 'Number of these settings', 0, 9999, HIDDEN),
  EnableDHCP: flag('EnableDHCP', 'Addresses from DHCP', HIDDEN),
  IPAddressList: text('IPAddressList', 'Addresses', { max: 4000 }, HIDDEN),
  SubnetMask: text('SubnetMask', 'Their subnet masks', { max: 4000 }, HIDDEN),
  Gateways: text('Gateways', 'Gateways', { max: 4000 }, HIDDEN),
  GatewayCostMetric: text('GatewayCostMetric', 'Their metrics', { max: 4000 }, HIDDEN),
  DNSServerList: text('DNSServerList', 'DNS servers', { max: 4000 }, HIDDEN),
  DNSDomain: text('DNSDomain', 'DNS domain of the connection', { max: 255 }, HIDDEN),
  EnableDNSRegistration: flag('EnableDNSRegistration', 'Register in DNS', HIDDEN),
  EnableFullDNSRegistration: flag('EnableFullDNSRegistration', 'Register under the full name', HIDDEN),
  EnableWINS: flag('EnableWINS', 'Use WINS', HIDDEN),
  WINSServerList: text('WINSServerList', 'WINS servers', { max: 4000 }, HIDDEN),
  EnableLMHOSTS: flag('EnableLMHOSTS', 'Use LMHOSTS', HIDDEN),
  TcpipNetbiosOptions: integer('TcpipNetbiosOptions', 'NetBIOS: 0 as DHCP says, 1 on, 2 off', 0, 2, HIDDEN),
  EnableTCPFiltering: flag('EnableTCPFiltering', 'Filter TCP ports', HIDDEN),
  TCPFilterPortList: text('TCPFilterPortList', 'TCP ports that pass', { max: 4000 }, HIDDEN),
  EnableUDPFiltering: flag('EnableUDPFiltering', 'Filter UDP ports', HIDDEN),
  UDPFilterPortList: text('UDPFilterPortList', 'UDP ports that pass', { max: 4000 }, HIDDEN),
  EnableIPProtocolFiltering: flag('EnableIPProtocolFiltering', 'Filter protocols', HIDDEN),
  IPProtocolFilterList: text('IPProtocolFilterList', 'Protocols that pass', { max: 4000 }, HIDDEN),
};
