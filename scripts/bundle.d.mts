import type { BuildOptions } from "esbuild";

export const MODULE: BuildOptions & { readonly external: readonly string[] };
export const SCRIPT: BuildOptions;
