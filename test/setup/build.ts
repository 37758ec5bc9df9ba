/** Builds the programs that the tests run from outside: once, before the first test. */
import { rmSync } from "node:fs";
import { build } from "esbuild";

/** The wrapper as shipped, beside a recorder that writes what it gets into a file. */
export const TEST_DIST = "dist/.test";

export default async function setup(): Promise<void> {
	rmSync(TEST_DIST, { recursive: true, force: true });
	await build({
		entryPoints: { wrap: "src/wrap/main.ts", recorder: "test/support/file-recorder.ts" },
		outdir: TEST_DIST,
		bundle: true,
		platform: "node",
		target: "node20.19",
		format: "esm",
		external: ["node-pty"],
		logLevel: "warning",
	});
}
