/** Runs a command wrapped, on this very terminal. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runUnseen } from "./run-unseen.ts";

/** Where nobody looks on, the agent need not take its time; without any, its screen would not settle. */
const UNSEEN_PACE = "0.3";

/** As the person would: `ctrace -- node demo-agent.js`, on this very terminal, or on one that nobody sees. */
export function runDemoAgent(isSeen: boolean): Promise<number> {
	const agent = [process.execPath, beside("./demo-agent.js")];
	if (isSeen) return runWrapped(agent, process.cwd());
	const env = { CTRACE_DEMO_PACE: UNSEEN_PACE, ...process.env };
	return runUnseen([process.execPath, beside("./wrap.cjs"), "--", ...agent], env);
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
