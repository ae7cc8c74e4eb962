/** YAML of a site: reading with places, editing by splices, writing. Used by `src/site` alone. */
export { deleteIn, insertIn, setIn, type SetOptions } from './edit.ts';
export { copyIn, moveIn } from './move.ts';
export { valueAt } from './plain-edit.ts';
export type { Position } from './position.ts';
export { readYaml, type YamlFile, type YamlProblem } from './read.ts';
export { isSealed } from './sealed.ts';
export { textForm } from './text-form.ts';
export { yamlText } from './write.ts';
