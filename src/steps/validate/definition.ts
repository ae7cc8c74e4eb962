/** Validate: stops on a machine that does not fit. */
import { integer, openChoice } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'validate',
  type: 'BDD_Validate',
  title: 'Validate',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    ImageSize: integer('ImageSize', 'Least free space in MB', 0, 1_000_000_000),
    ImageProcessorSpeed: integer('ImageProcessorSpeed', 'Least speed of the processor in MHz', 0, 1_000_000),
    ImageMemory: integer('ImageMemory', 'Least memory in MB', 0, 1_000_000_000),
    VerifyOS: openChoice('VerifyOS', 'Kind of system that may be replaced', ['CLIENT', 'SERVER']),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
