/** The site around a mutated file: every kind of object with every key, task sequences with conditions, a list of devices. */
import { everyKind } from '../../src/site/every-kind.ts';

const conditions = `id: ABC000T1
name: Conditions
bootImage: pe-x64
steps:
  - group: Prepare
    continueOnError: true
    condition:
      - any:
          - variable: _SMSTSInWinPE
            equals: "false"
          - all: [{ variable: A, notExists: true }, { none: [{ folder: 'C:\\Windows' }] }]
      - wmi: SELECT * FROM Win32_ComputerSystem WHERE Model LIKE "%Latitude%" AND NOT Manufacturer = 'x'
        namespace: root\\cimv2
      - file: 'C:\\a.exe'
        version: { greaterEqual: 1.2 }
      - registry: HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso
        value: Ring
        type: REG_SZ
        equals: "1"
    steps:
      - step: Restart in Windows PE
        type: restart-computer
        with: { Target: WinPE, Message: Restarting }
      - step: Old thing
        type: unknown
        enabled: false
        extra: { type: Contoso_Action, action: x.exe, variables: [{ name: A, property: A, value: "1" }] }
      - step: Run
        type: Run Command Line
        timeout: 60
        successCodes: [0, 3010]
        retryCount: 2
        with:
          CommandLine: |
            cmd /c echo %A%
`;

export const fuzzSite: Readonly<Record<string, string>> = {
  ...everyKind,
  'task-sequences/folder/conditions.yaml': conditions,
};

/** The site around a mutated list of devices. */
export const listSite: Readonly<Record<string, string>> = {
  'site.yaml': 'osdkit: 1\nsiteCode: ABC\nname: Lists\n',
  'collections/lab.yaml': `id: ABC00001
name: Lab
type: device
members:
  devices: [PC1]
  rules:
    - name: Some
      condition:
        - any:
            - wmi: SELECT * FROM Win32_BIOS WHERE SerialNumber LIKE "S%"
            - variable: OSDComputerName
              like: pc*
`,
};
