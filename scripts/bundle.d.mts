import type { BuildOptions } from "esbuild";

export const MODULE: BuildOptions & { readonly external: readonly string[] };
export const SCRIPT: BuildOptions;
/** To be split into files. */
export const COMMANDS: BuildOptions;
/** Of files that were bundled already. */
export const SCRIPTS: BuildOptions;
