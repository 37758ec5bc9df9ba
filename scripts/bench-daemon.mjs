// What the daemon costs while nothing happens: processor time and memory of the shipped program, in a home of its own.
// usage: node scripts/bench-daemon.mjs [--seconds N]      (after `npm run build`)
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { arch, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" } } });
const seconds = Number(values.seconds);
const BAR = { percent: 0.5, megabytes: 90 };
const SETTLE_MS = 5000; // the first runs after a start are no idleness
const END_MS = 1000; // a process counts for its parent once it is gone
const TICKS_A_SECOND = 100; // of /proc/PID/stat, on every Linux that Node runs on

const home = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const env = { ...process.env, HOME: home, CTRACE_HOME: join(home, "ctrace") };
const ctrace = (...words) =>
	execFileSync(process.execPath, ["bin/ctrace.js", ...words], { env, encoding: "utf8" });
const status = () => JSON.parse(ctrace("status", "--json")).daemon;

try {
	ctrace("start", "--daemon");
	await wait(SETTLE_MS);
	const before = status();
	await wait(seconds * 1000);
	const after = status();
	const percent = ((after.cpuMs - before.cpuMs) / (after.uptimeMs - before.uptimeMs)) * 100;
	const megabytes = after.totalMemoryBytes / 1e6;
	const components = [];
	for (const component of after.components)
		components.push([component, await runCost(after.pid, component.name)]);
	const added = components.map(([{ intervalMs }, ms]) => (ms === undefined ? 0 : (ms / intervalMs) * 100));
	const whole = added.reduce((sum, share) => sum + share, percent);
	console.log(`# The daemon, idle\n
${seconds} s; Node ${process.version}, ${platform()} ${release()} ${arch()}, ${cpus().length} CPUs. Nothing to do, one look at its status.\n
| what | measured | bar |
| --- | ---: | ---: |
| the daemon itself, share of a core | ${percent.toFixed(3)} % | |
${components.map(([{ name, intervalMs }, ms], index) => `| \`${name}\`, every ${intervalMs / 1000} s | ${ms ?? "?"} ms a run = ${added[index]?.toFixed(3)} % | |`).join("\n")}
| all of it | ${whole.toFixed(3)} % | ${BAR.percent} % |
| resident memory | ${megabytes.toFixed(1)} MB | ${BAR.megabytes} MB |
`);
	process.exitCode = whole < BAR.percent && megabytes < BAR.megabytes ? 0 : 1;
} finally {
	ctrace("stop");
	rmSync(home, { recursive: true, force: true });
}

/** Milliseconds of processor time that one run in its own process takes; Linux tells. */
async function runCost(pid, name) {
	const before = childTime(pid);
	ctrace("daemon", "run", name);
	await wait(END_MS);
	const after = childTime(pid);
	return before === undefined || after === undefined ? undefined : after - before;
}

function childTime(pid) {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
		return ((Number(fields[13]) + Number(fields[14])) * 1000) / TICKS_A_SECOND;
	} catch {
		return undefined;
	}
}
