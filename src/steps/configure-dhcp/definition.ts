/** Configure DHCP: sets options of the DHCP server. */
import { text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'configure-dhcp',
  type: 'BDD_ConfigureDHCP',
  title: 'Configure DHCP',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    DHCPServerOptionRouter: text('DHCPServerOptionRouter', 'Routers', { max: 255 }),
    DHCPServerOptionDNSServer: text('DHCPServerOptionDNSServer', 'DNS servers', { max: 255 }),
    DHCPServerOptionDNSDomainName: text('DHCPServerOptionDNSDomainName', 'DNS domain', { max: 255 }),
    DHCPServerOptionWINSServer: text('DHCPServerOptionWINSServer', 'WINS servers', { max: 255 }),
    DHCPServerOptionNBTNodeType: text('DHCPServerOptionNBTNodeType', 'NetBIOS node type', { max: 255 }),
    DHCPServerOptionPXEClient: text('DHCPServerOptionPXEClient', 'PXE client', { max: 255 }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
