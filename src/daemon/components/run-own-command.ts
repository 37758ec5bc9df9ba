/** Runs a command of ctrace's own in a process for it: what the command line does, the daemon does in the very same way. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface OwnProgram {
	/** `dist/cli.cjs`. */
	readonly script: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/** Beside this bundle. */
export function ownProgram(env: OwnProgram["env"]): OwnProgram {
	return { script: fileURLToPath(new URL("./cli.cjs", import.meta.url)), env };
}

/** What it printed; undefined when it failed. Its own words name sessions, and go nowhere. */
export function runOwnCommand(
	{ script, env }: OwnProgram,
	words: readonly string[],
	signal: AbortSignal,
): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...words], { env, stdio: ["ignore", "pipe", "ignore"] });
		const stop = () => child.kill("SIGTERM");
		signal.addEventListener("abort", stop, { once: true });
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (piece: string) => {
			output += piece;
		});
		child.on("error", reject);
		child.on("close", (code) => {
			signal.removeEventListener("abort", stop);
			resolve(code === 0 ? output : undefined);
		});
	});
}
