/** Whether there is a newer ctrace: npm is asked, and only where a setting says that it may be. */
import type { CliContext } from "../context.ts";
import { findProgram, outputOf } from "./programs.ts";
import type { Check } from "./report.ts";

const PACKAGE = "claude-code-tracer";
/** A registry that cannot be reached holds nobody up for longer. */
const LIMIT_MS = 5000;
const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;
/** Versions before a release, `1.0.0-beta.2`, are offered to nobody. */
const OWN = /^\d+\.\d+\.\d+/;

export async function checkUpdate({
	config,
	env,
	home,
	version,
}: Pick<CliContext, "config" | "env" | "home" | "version">): Promise<Check> {
	if (!config.updateNotice)
		return ok("npm is not asked for newer versions (ctrace config set UPDATE_NOTICE on)");
	const npm = findProgram("npm", env.PATH);
	const words = ["view", PACKAGE, "version", "--no-update-notifier", "--fetch-retries=0"];
	// In the home folder: another one's settings could name another registry.
	const said = npm === undefined ? "" : await outputOf(npm, words, { env, cwd: home, limitMs: LIMIT_MS });
	const newest = said.trim();
	if (!VERSION.test(newest)) return ok("npm does not say which version is the newest");
	if (!isNewer(newest, OWN.exec(version)?.[0] ?? "0.0.0")) return ok(`${version} is the newest`);
	const what = `${newest} is there, this is ${version}`;
	return { area: "update", level: "warning", what, fix: `npm install -g ${PACKAGE}@${newest}` };
}

function ok(what: string): Check {
	return { area: "update", level: "ok", what };
}

function isNewer(one: string, other: string): boolean {
	const [a, b] = [one, other].map((text) => text.split(".").map(Number)) as [number[], number[]];
	const at = a.findIndex((part, index) => part !== b[index]);
	return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}
