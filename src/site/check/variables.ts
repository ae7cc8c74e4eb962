/** Variables of site, devices and collections: names (VAR-11), their number (VAR-09), passwords in plain text. */
import { OsdkitError } from '../../core/index.ts';
import {
  checkVariableName,
  isPasswordVariable,
  modelCode,
  type NodePath,
  type SiteObject,
  siteVariables,
  variableKey,
  type VariableMap,
} from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { Check, CheckContext } from './types.ts';

const maximumOfDevice = 1000;

export const checkVariables: Check = (context) => {
  checkMap(context, 'settings', context.site.settings.variables);
  for (const device of context.site.all('device')) {
    const { variables } = device.value;
    if (variables === undefined) continue;
    const count = Object.keys(variables).length;
    if (count > maximumOfDevice) {
      const message = `${device.name} has ${count} variables, at most ${maximumOfDevice} are allowed (VAR-09)`;
      context.report(device, ['variables'], { code: siteCode.SITE_VARIABLES, message });
    }
    checkMap(context, device, variables);
  }
  for (const collection of context.site.all('collection')) checkMap(context, collection, collection.value.variables);
};

function checkMap({ report }: CheckContext, owner: SiteObject | 'settings', map: VariableMap | undefined): void {
  const seen = new Set<string>();
  for (const { name, value } of siteVariables(map)) {
    const path: NodePath = ['variables', name];
    try {
      checkVariableName(name, 'variables');
    } catch (error) {
      if (!(error instanceof OsdkitError)) throw error;
      const { code, message, hint } = error;
      report(owner, path, { code, message, atKey: true, ...(hint === undefined ? {} : { hint }) });
    }
    if (seen.has(variableKey(name))) {
      const message = `the variable ${name} is given twice: names are compared without case`;
      report(owner, path, { code: modelCode.MODEL_VARIABLE_TWICE, message, atKey: true });
    }
    seen.add(variableKey(name));
    if (typeof value === 'string' && value !== '' && isPasswordVariable(name)) {
      report(owner, path, {
        code: siteCode.SITE_SECRET_PLAIN,
        message: `${name} holds a password; it stands here in plain text`,
      });
    }
  }
}
