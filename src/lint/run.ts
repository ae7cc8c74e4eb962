/** One sequence with everything that rules ask about it. */
import type { Site } from '../model/index.ts';
import { referencesOf } from '../site/index.ts';
import { flowOf } from './flow.ts';
import { allNodes, isStep, nodesOf } from './nodes.ts';
import type { Environment, Node, Reach, Run, SequenceObject } from './types.ts';

const NOT_REACHED: Reach = { reached: new Map(), runs: new Map(), endedBy: undefined };

/** Follows the sequence with its children. */
export function runOf(site: Site, sequence: SequenceObject): Run {
  const top = nodesOf(site, sequence);
  const nodes = allNodes(top);
  const deployments = site
    .all('deployment')
    .filter(({ value }) => site.find('taskSequence', value.taskSequence) === sequence);
  const parents = parentsOf(site, sequence);
  const reaches = flowOf(top, startOf(sequence, deployments, parents));
  return {
    site,
    sequence,
    top,
    nodes,
    steps: nodes.filter(isStep).filter(({ enabled }) => enabled),
    reach: (node: Node) => reaches.get(node) ?? NOT_REACHED,
    deployments,
    parents,
  };
}

/** Where the run starts: as its deployments say. What nobody deploys may be run by another one, in Windows PE, too. */
function startOf(
  { value }: SequenceObject,
  deployments: Run['deployments'],
  parents: Run['parents'],
): readonly Environment[] {
  const ways = new Set(deployments.map((deployment) => deployment.value.availableTo ?? 'clients'));
  if (parents.length > 0 || ways.size === 0) return ['WinPE', 'FullOS'];
  if (value.bootImage === undefined) return ['FullOS'];
  if (ways.has('clientsMediaAndPxe')) return ['WinPE', 'FullOS'];
  const inPe = ways.has('mediaAndPxe') || ways.has('mediaAndPxeHidden');
  return [...(inPe ? (['WinPE'] as const) : []), ...(ways.has('clients') ? (['FullOS'] as const) : [])];
}

function parentsOf(site: Site, sequence: SequenceObject): SequenceObject[] {
  const runs = (other: SequenceObject) =>
    referencesOf('taskSequence', other.value).some(
      ({ to, text, enabled }) => enabled && to.includes('taskSequence') && site.find('taskSequence', text) === sequence,
    );
  return site.all('taskSequence').filter((other) => other !== sequence && other.value !== undefined && runs(other));
}
