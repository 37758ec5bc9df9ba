import type { BuildOptions } from "esbuild";

export const MODULE: BuildOptions;
export const SCRIPT: BuildOptions;
