/**
 * `npm run test:live`: genuine Claude Code, wrapped by the built ctrace, against a scripted model.
 * Prints a table of look × scenario and exits non-zero when a cell misses the bar.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drive } from "./drive.ts";
import { install, resolveVersion } from "./install.ts";
import { lookOf } from "./look.ts";
import { SCENARIOS } from "./scenarios/index.ts";

const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
const { values } = parseArgs({
	options: {
		versions: { type: "string", default: "2.1.197,newest" },
		scenarios: { type: "string" },
		record: { type: "string" },
		sandbox: { type: "string" },
		wrap: { type: "boolean", default: true },
	},
	allowNegative: true,
});
const cache = process.env.CTRACE_LIVE_CACHE ?? join(root, ".cache", "claude-code");
const record = values.record ?? mkdtempSync(join(tmpdir(), "ctrace-live-record-"));
for (const name of values.versions.split(",")) {
	const forced = name.endsWith("-classic");
	const version = await resolveVersion(name.replace("-classic", ""));
	const look = lookOf(forced ? `${version}-classic` : version);
	const { claude } = await install(version, cache);
	for (const scenario of SCENARIOS) {
		if (values.scenarios && !values.scenarios.split(",").includes(scenario.name)) continue;
		const why = scenario.unsupported?.(look);
		if (why !== undefined) {
			console.log(look.name, scenario.name, "skip", why);
			continue;
		}
		const result = await drive({
			scenario,
			look,
			claude,
			wrapper: [],
			out: join(record, look.name, scenario.name),
			path: process.env.PATH ?? "",
			sandboxHome: values.sandbox,
		});
		console.log(
			look.name,
			scenario.name,
			JSON.stringify({
				problems: result.meta.problems,
				decisions: result.meta.decisions.length,
				exit: result.meta.exit,
				lines: result.truth.split("\n").length,
			}),
		);
		result.sandbox.remove();
	}
}
