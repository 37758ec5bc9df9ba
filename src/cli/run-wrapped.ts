/** Runs a command wrapped, on this very terminal. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** As the person would: `ctrace -- node demo-agent.js`, on this very terminal. */
export function runDemoAgent(): Promise<number> {
	return runWrapped([process.execPath, beside("./demo-agent.js")], process.cwd());
}

export function runWrapped(words: readonly string[], cwd: string): Promise<number> {
	const child = spawn(process.execPath, [beside("./wrap.cjs"), "--", ...words], { stdio: "inherit", cwd });
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => resolve(code ?? 1));
	});
}

function beside(name: string): string {
	return fileURLToPath(new URL(name, import.meta.url));
}
