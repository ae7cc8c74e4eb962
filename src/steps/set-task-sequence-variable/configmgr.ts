/** How Set Task Sequence Variable stands in XML. */
import { commandLine, mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'tsenv.exe "{VariableName}={VariableValue}"<DoNotShowVariableValue: /hiddenflag:{!DoNotShowVariableValue}>',
  ),
  mdtAction: () => mdtScript('ZTISetVariable.wsf'),
};
