import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { basename, delimiter, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import dockerignore from '@balena/dockerignore';
import { type Copy, DockerfileParser, type Env, From, type Instruction } from 'dockerfile-ast';
import { launch, type WhenDone } from './process.ts';
import { readText } from './sources.ts';

const house = new URL('../..', import.meta.url).pathname;

/** What a Dockerfile makes, without a container: a folder stands for the root of its files. */
export interface Image {
  /** What all of it is based on. */
  base: string;
  root: string;
  /** Where the programs of the base lie. */
  programs: string;
  workdir: string;
  env: Record<string, string>;
  user: string;
  ports: string[];
  command: string[];
  healthCheck: string[];
}

/** Carries the Dockerfile out, step by step, in an empty folder. Throws for an instruction that it does not know. */
export async function buildImage(folder: string): Promise<Image> {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  // Not a link, as others than whoever builds may not reach what it points to.
  copyFileSync(process.execPath, join(programs, 'node'));
  const stages = new Map<string, Image>();
  let image = {} as Image;
  for (const instruction of DockerfileParser.parse(readText('Dockerfile')).getInstructions()) {
    if (instruction instanceof From) {
      const root = join(folder, String(stages.size));
      image = begin(instruction.getImage() ?? '', root, programs, stages);
      stages.set(instruction.getBuildStage() ?? '', image);
    } else {
      const step = steps[instruction.getKeyword()];
      if (!step) throw new Error(`No step is known for ${instruction.getKeyword()}.`);
      await step(image, instruction.getArgumentsContent() ?? '', instruction, stages);
    }
  }
  return image;
}

function begin(name: string, root: string, programs: string, stages: Map<string, Image>): Image {
  mkdirSync(root);
  const earlier = stages.get(name);
  if (earlier) cpSync(earlier.root, root, { recursive: true, verbatimSymlinks: true });
  const empty = { base: name, workdir: '/', user: 'root', command: [], healthCheck: [] };
  return { ...empty, ...earlier, root, programs, env: { ...earlier?.env }, ports: [...(earlier?.ports ?? [])] };
}

type Step = (image: Image, text: string, instruction: Instruction, stages: Map<string, Image>) => unknown;

const steps: Record<string, Step> = {
  WORKDIR: (image, text) => {
    image.workdir = resolve(image.workdir, text);
    mkdirSync(placed(image), { recursive: true });
  },
  COPY: (image, _text, instruction, stages) => copy(image, instruction as Copy, stages),
  RUN: (image, text) =>
    promisify(execFile)('sh', ['-c', text], {
      cwd: placed(image),
      env: { ...ofThisMachine, ...image.env, PATH: pathOf(image) },
    }),
  ENV: (image, _text, instruction) => {
    for (const property of (instruction as Env).getProperties()) {
      image.env[property.getName()] = property.getValue() ?? '';
    }
  },
  USER: (image, text) => {
    image.user = text;
  },
  EXPOSE: (image, text) => image.ports.push(text),
  HEALTHCHECK: (image, text) => {
    image.healthCheck = JSON.parse(text.replace(/^CMD /, ''));
  },
  CMD: (image, text) => {
    image.command = JSON.parse(text);
  },
};

/** What a package manager needs here to reach its registry, and what it has fetched before. */
const needed = /^(HOME|NODE_EXTRA_CA_CERTS|https?_proxy|npm_config_(registry|cache|cafile|userconfig|globalconfig))$/i;
const ofThisMachine = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name))),
  npm_config_prefer_offline: 'true',
};

/** The base's own programs, then those of the machine, and none of the packages that are being tested. */
const pathOf = ({ programs }: Image) =>
  [programs, ...(process.env.PATH ?? '').split(delimiter).filter((place) => !place.includes('node_modules'))].join(
    delimiter,
  );

const placed = ({ root, workdir }: Image, path = '.') => join(root, resolve(workdir, path));

/** Copies as Docker does: a folder's content, a file under its name if there are several or the target is a folder. */
function copy(image: Image, instruction: Copy, stages: Map<string, Image>): void {
  const paths = instruction.getArguments().map((argument) => argument.getValue());
  const target = paths.pop() ?? '';
  const from = instruction
    .getFlags()
    .find((flag) => flag.getName() === 'from')
    ?.getValue();
  const stage = from ? stages.get(from) : undefined;
  if (from && !stage) throw new Error(`There is no stage ${from}.`);
  const ignored = dockerignore.default().add(readText('.dockerignore'));
  const stays = (path: string) => ignored.ignores(relative(house, path));
  for (const path of paths) {
    const source = stage ? placed(stage, path) : join(house, path);
    if (!stage && stays(source)) throw new Error(`${path} is kept out by .dockerignore.`);
    const into = join(placed(image, target), target.endsWith('/') ? basename(path) : '');
    cpSync(source, into, { recursive: true, verbatimSymlinks: true, filter: (each) => Boolean(stage) || !stays(each) });
  }
}

/** Somebody who owns nothing here and may change nothing; else whoever runs the tests. */
const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Runs a command as a container would, with these settings; what the image makes belongs to whoever built it. */
export const runInImage = (image: Image, command: string[], settings: Record<string, string>, whenDone?: WhenDone) =>
  launch(
    command,
    { cwd: placed(image), env: { ...image.env, ...settings, PATH: pathOf(image) }, ...stranger },
    whenDone,
  );
