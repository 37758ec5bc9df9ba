/** Builds the programs that the tests run from outside: once, before the first test. */
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { MODULE, SCRIPT } from "../../scripts/bundle.mjs";

/** The wrapper as shipped, beside a recorder that writes what it gets into a file. */
export const TEST_DIST = "dist/.test";

export default async function setup(): Promise<void> {
	rmSync(TEST_DIST, { recursive: true, force: true });
	const built = { outdir: TEST_DIST };
	await build({ ...SCRIPT, ...built, entryPoints: { wrap: "src/wrap/main.ts" } });
	await build({ ...MODULE, ...built, entryPoints: { recorder: "test/support/file-recorder.ts" } });
}
