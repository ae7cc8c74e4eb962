/**
 * All commands, in the order that help shows, each with the file that has it. What help of a group shows stands here a
 * second time (a test compares), so that a command line loads the one command that it names and nothing of the others.
 */
import type { ListedCommand } from '../command.ts';

export const commands: readonly ListedCommand[] = [
  {
    name: 'demo',
    summary: 'make a sample boot image and a bootable image file from it, and verify it',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'image inspect',
    takes: '<file>',
    summary: 'show what a WIM, ISO, UDF or FAT image holds and what it can boot',
    load: async () => (await import('./image-inspect.ts')).imageInspectCommand,
  },
  {
    name: 'image list',
    takes: '<file>',
    summary: 'list the files in a WIM, ISO, UDF or FAT image',
    load: async () => (await import('./image-list.ts')).imageListCommand,
  },
  {
    name: 'image tree',
    takes: '<file.wim> [path]',
    summary: 'show every name of an image with attributes, streams, links and times',
    load: async () => (await import('./image-tree.ts')).imageTreeCommand,
  },
  {
    name: 'image extract',
    takes: '<file> [paths...]',
    summary: 'write the files in a WIM, ISO, UDF or FAT image into a folder',
    load: async () => (await import('./image-extract.ts')).imageExtractCommand,
  },
  {
    name: 'image verify',
    takes: '<file.wim>',
    summary: 'check every table and every file of a WIM against its checksums',
    load: async () => (await import('./image-verify.ts')).imageVerifyCommand,
  },
  {
    name: 'image split',
    takes: '<file.wim>',
    summary: 'divide a WIM into parts of a limited size',
    load: async () => (await import('./image-split.ts')).imageSplitCommand,
  },
  {
    name: 'image join',
    takes: '<part.swm...>',
    summary: 'put the parts of a split WIM together again',
    load: async () => (await import('./image-join.ts')).imageJoinCommand,
  },
  {
    name: 'image export',
    takes: '<file.wim>',
    summary: 'copy images of a WIM into a new WIM, in the same or another compression',
    load: async () => (await import('./image-export.ts')).imageExportCommand,
  },
  {
    name: 'image update',
    takes: '<file.wim>',
    summary: 'add, replace, delete and rename files of an image in a WIM',
    load: async () => (await import('./image-update.ts')).imageUpdateCommand,
  },
  {
    name: 'image optimize',
    takes: '<file.wim>',
    summary: 'write a WIM anew without what nothing refers to',
    load: async () => (await import('./image-optimize.ts')).imageOptimizeCommand,
  },
  {
    name: 'image capture',
    takes: '<dir>',
    summary: 'put a folder into a new WIM, or as one image more into an existing one',
    load: async () => (await import('./image-capture.ts')).imageCaptureCommand,
  },
  {
    name: 'image apply',
    takes: '<file.wim> <dir>',
    summary: 'write an image into a new folder, with links and times',
    load: async () => (await import('./image-apply.ts')).imageApplyCommand,
  },
  {
    name: 'image create-iso',
    takes: '<dir>',
    summary: 'make one image file for CD, stick and HTTP Boot from a folder',
    load: async () => (await import('./image-create-iso.ts')).imageCreateIsoCommand,
  },
  {
    name: 'media create bootable',
    summary: 'make an image file that boots a Windows PE as CD, as stick and over HTTP',
    load: async () => (await import('./media-create-bootable.ts')).mediaCreateBootableCommand,
  },
  {
    name: 'media inspect',
    takes: '<boot.iso>',
    summary: 'show what a medium is: type, dates, variables, files, boot stores',
    load: async () => (await import('./media-inspect.ts')).mediaInspectCommand,
  },
  {
    name: 'media verify',
    takes: '<boot.iso>',
    summary: 'check every file, boot path and table of a medium',
    load: async () => (await import('./media-verify.ts')).mediaVerifyCommand,
  },
  {
    name: 'init',
    takes: '<dir>',
    summary: 'make a site: a folder with site.yaml, keys and JSON Schemas',
    load: async () => (await import('./site-init.ts')).siteInitCommand,
  },
  {
    name: 'site check',
    summary: 'tell every mistake of a site, with file, line and column',
    load: async () => (await import('./site-check.ts')).siteCheckCommand,
  },
  {
    name: 'site show',
    takes: '<id-or-name>',
    summary: 'show an object of a site, where it is written and what refers to it',
    load: async () => (await import('./site-show.ts')).siteShowCommand,
  },
  {
    name: 'secret seal',
    summary: 'seal a password or product key for the files of a site',
    load: async () => (await import('./secret-seal.ts')).secretSealCommand,
  },
  {
    name: 'device import',
    takes: '<computers.csv>',
    summary: 'take computers from a CSV file into a site',
    load: async () => (await import('./device-import.ts')).deviceImportCommand,
  },
  {
    name: 'content add',
    takes: '<paths...>',
    summary: 'copy files or folders into the content library of a site',
    load: async () => (await import('./content-add.ts')).contentAddCommand,
  },
  {
    name: 'image import',
    takes: '<file.wim>',
    summary: 'take a boot image, operating system image or upgrade package into a site',
    load: async () => (await import('./image-import.ts')).imageImportCommand,
  },
  {
    name: 'task-sequence list',
    summary: 'list the task sequences of a site in their folders',
    load: async () => (await import('./task-sequence-list.ts')).taskSequenceListCommand,
  },
  {
    name: 'task-sequence show',
    takes: '<name>',
    summary: 'show the steps of a task sequence with types and conditions',
    load: async () => (await import('./task-sequence-show.ts')).taskSequenceShowCommand,
  },
  {
    name: 'task-sequence new install',
    summary: 'install an existing image package',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('install'),
  },
  {
    name: 'task-sequence new build-and-capture',
    summary: 'build and capture a reference operating system image',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('build-and-capture'),
  },
  {
    name: 'task-sequence new capture',
    summary: 'capture an existing reference computer',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('capture'),
  },
  {
    name: 'task-sequence new upgrade',
    summary: 'upgrade an operating system from an upgrade package',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('upgrade'),
  },
  {
    name: 'task-sequence new user-state',
    summary: 'capture and restore user state, as a new sequence or in an existing one',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('user-state'),
  },
  {
    name: 'task-sequence new virtual-hard-disk',
    summary: 'install an existing image package to a virtual hard disk',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('virtual-hard-disk'),
  },
  {
    name: 'task-sequence new custom',
    summary: 'a custom sequence, without a step yet',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('custom'),
  },
  {
    name: 'task-sequence new non-os',
    summary: 'a custom sequence that deploys no operating system, without a step yet',
    load: async () => (await import('./task-sequence-new.ts')).taskSequenceNewCommand('non-os'),
  },
  {
    name: 'task-sequence import',
    takes: '<export.zip>',
    summary: 'take task sequences of a ConfigMgr export or of MDT into a site',
    load: async () => (await import('./task-sequence-import.ts')).taskSequenceImportCommand,
  },
  {
    name: 'task-sequence export',
    takes: '<names...>',
    summary: 'write task sequences as a ConfigMgr export',
    load: async () => (await import('./task-sequence-export.ts')).taskSequenceExportCommand,
  },
  {
    name: 'deployment new',
    takes: '<task-sequence>',
    summary: 'offer a task sequence to a collection',
    load: async () => (await import('./deployment-new.ts')).deploymentNewCommand,
  },
  {
    name: 'deployment targets',
    takes: '<task-sequence>',
    summary: 'list the collections that a task sequence may be deployed to',
    load: async () => (await import('./deployment-targets.ts')).deploymentTargetsCommand,
  },
  {
    name: 'deployment list',
    summary: 'list the deployments of a site',
    load: async () => (await import('./deployment-list.ts')).deploymentListCommand,
  },
  {
    name: 'deployment show',
    takes: '<deployment>',
    summary: 'show a deployment with its settings and its risk',
    load: async () => (await import('./deployment-show.ts')).deploymentShowCommand,
  },
  {
    name: 'deployment remove',
    takes: '<deployment>',
    summary: 'remove a deployment',
    load: async () => (await import('./deployment-remove.ts')).deploymentRemoveCommand,
  },
  {
    name: 'device policy',
    takes: '<device>',
    summary: 'show what a computer gets from the site: deployments with reasons, variables, content',
    load: async () => (await import('./device-policy.ts')).devicePolicyCommand,
  },
];
