/** `npm run bench:hook`: what the hook of `ctrace git install` costs a commit. Prints milliseconds. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addHook } from "../../src/cli/git/hook-script.ts";

const ROUNDS = 60;
const folder = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const env = {
	PATH: process.env.PATH,
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_CONFIG_SYSTEM: "/dev/null",
	CTRACE_SESSION: `${process.pid}:0:019b7c00-1111-7222-8333-444455556666`,
};
const hook = join(folder, ".git", "hooks", "prepare-commit-msg");
const names = ["-c", "user.name=Ada", "-c", "user.email=a@b"];

execFileSync("git", ["init", "--quiet", folder], { env });
const without: number[] = [];
const withHook: number[] = [];
// In turns, so that what else the machine does is in both.
for (let round = 0; round < ROUNDS; round += 1) {
	rmSync(hook, { force: true });
	without.push(commit());
	writeFileSync(hook, addHook(undefined) ?? "");
	chmodSync(hook, 0o755);
	withHook.push(commit());
}
const named = execFileSync(
	"git",
	["-C", folder, "log", "--format=%(trailers:key=Ctrace-Session,valueonly)"],
	{
		env,
		encoding: "utf8",
	},
);
if (named.split("\n").filter((line) => line !== "").length !== ROUNDS)
	throw new Error("a commit names no session");
say("a commit without it", without);
say("a commit with it", withHook);
say(
	"the difference",
	withHook.map((ms, round) => ms - (without[round] ?? 0)),
);
rmSync(folder, { recursive: true });

function commit(): number {
	const began = performance.now();
	const words = [...names, "commit", "--quiet", "--allow-empty", "-m", "plant"];
	const { status } = spawnSync("git", ["-C", folder, ...words], { env });
	if (status !== 0) throw new Error("the commit failed");
	return performance.now() - began;
}

function say(name: string, times: readonly number[]): void {
	const sorted = [...times].sort((a, b) => a - b);
	const [least = 0, median = 0] = [sorted[0], sorted[Math.floor(sorted.length / 2)]];
	process.stdout.write(`${name.padEnd(22)}least ${least.toFixed(1)} ms, median ${median.toFixed(1)} ms\n`);
}
