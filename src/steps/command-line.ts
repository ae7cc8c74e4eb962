/**
 * Command lines from templates, as the classes of ConfigMgr have them (configmgr-formats 4.3): `{Name}` is the text
 * of a property, `{!Name}` that of a boolean in the spelling of command lines (`True`), and `<Name: ...>` vanishes
 * when the property is empty. `%VARIABLE%` stands as it is.
 */

export type PropertyTexts = Readonly<Record<string, string | undefined>>;

/** A function that fills in the template. */
export function commandLine(template: string): (values: PropertyTexts) => string {
  return (values) =>
    template
      .replace(/<([A-Za-z]+):([^>]*)>/g, (_, name: string, fragment: string) =>
        (values[name] ?? '') === '' ? '' : fragment,
      )
      .replace(/\{(!?)([A-Za-z]+)\}/g, (_, mark: string, name: string) => {
        const text = values[name] ?? '';
        return mark === '' ? text : spelledBoolean(text);
      });
}

/** `true` as `True`; everything else as it is. */
export function spelledBoolean(text: string): string {
  return text === 'true' ? 'True' : text === 'false' ? 'False' : text;
}

/** MDT's form: a script of the deployment share. */
export function mdtScript(script: string): string {
  return `cscript.exe "%SCRIPTROOT%\\${script}"`;
}
