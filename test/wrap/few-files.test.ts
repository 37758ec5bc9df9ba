/** A system that has few files left to open: the command runs as long as any program of Node's could start it. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Outside, temporaryHome, wrapped } from "../support/outside.ts";

const home = temporaryHome();
afterAll(() => home.remove());

const COMMAND = ["sh", "-c", "echo said; exit 5"];
const STARTER = `const { status } = require("node:child_process").spawnSync(${JSON.stringify(COMMAND[0])}, ${JSON.stringify(COMMAND.slice(1))}, { stdio: "inherit" });
process.exit(status ?? 1);`;
const LEAST = 8;
const MOST = 64;
/** From where nothing but Node fits to where the recorder does. */
const STEPS = 10;

async function outcome(files: number, argv: readonly string[]): Promise<{ code?: number; said: string }> {
	const store = join(home.path, "store");
	rmSync(store, { recursive: true, force: true });
	const limited = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', String(files), ...argv];
	const at = new Outside(limited, { env: { CTRACE_HOME: store, HOME: home.path } });
	const { code } = await at.exited;
	return { ...(code === undefined ? {} : { code }), said: at.text };
}

async function leastForNode(): Promise<number> {
	for (let files = LEAST; files <= MOST; files += 1)
		if ((await outcome(files, [process.execPath, "-e", STARTER])).code === 5) return files;
	return expect.fail("Node starts nothing");
}

it("runs, recorded or not", async () => {
	const least = await leastForNode();
	// One file fewer than a plain program of Node's needs for the same: what a shell leaves open beside is not ours to count.
	for (let files = least - 1; files < least + STEPS; files += 1) {
		const { code, said } = await outcome(files, wrapped(...COMMAND));
		expect({ files, code, said }).toMatchObject({ code: 5, said: expect.stringMatching(/^said\r\n/u) });
	}
});
