/** Builds the programs that the tests run from outside: once, before the first test. */
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { MODULE, SCRIPT } from "../../scripts/bundle.mjs";

/** The wrapper as shipped, beside a recorder that writes what it gets into a file. */
export const TEST_DIST = "dist/.test";

export default async function setup(): Promise<() => void> {
	rmSync(TEST_DIST, { recursive: true, force: true });
	const built = { outdir: TEST_DIST };
	await build({ ...SCRIPT, ...built, entryPoints: { wrap: "src/wrap/main.ts" } });
	await build({ ...MODULE, ...built, entryPoints: { recorder: "test/support/file-recorder.ts" } });
	return sayWhatDidNotRun;
}

/** Only where all tests were meant. */
function sayWhatDidNotRun(): void {
	if (process.env.npm_lifecycle_event === "test")
		console.log("The page's tests in a browser are not among these: npm run test:browser");
}
