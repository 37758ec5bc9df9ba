// `.ci/run` itself, in a folder of its own with an npm that only says what it was asked for.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "./repository.ts";

/** Those that hold for every version, the first of them the whole conversation of the main job. */
const SCENARIOS = [
	"first-session",
	"permissions",
	"interrupts",
	"queued-prompts",
	"markdown-answer",
	"pastes",
	"shell-commands",
	"clear",
	"taken-back",
	"thinking",
	"imitates-the-screen",
	"continued",
	"parallel-tools",
].join(",");
const ALL_SCRIPTS = [
	"lint",
	"types",
	"architecture",
	"patterns:check",
	"test:browser",
	"test:encryption",
	"test:faults",
	"test:live",
];
const REPORT = { numPassedTests: 10, numFailedTests: 0, numPendingTests: 0, success: true, testResults: [] };

// Fails where FAILING says so; every vitest writes a report where it is told to, as the real one does.
const FAKE_NPM = `#!/bin/sh
echo "npm $*" >>"$ASKED"
case "$*" in
ci) [ "$FAILING" = ci ] && exit 1; mkdir -p node_modules ;;
test) cp report.json "$CTRACE_TEST_REPORT"; [ "$FAILING" = test ] && exit 1 ;;
"run architecture") [ -n "$CTRACE_TEST_REPORT" ] && echo '{}' >"$CTRACE_TEST_REPORT" ;;
"run test:live"*) exit "$LIVE_CODE" ;;
"run $FAILING") echo "$FAILING says why"; exit 1 ;;
esac
exit 0
`;

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-ci-"));
	cpSync(join(ROOT, ".ci"), join(folder, ".ci"), { recursive: true });
	mkdirSync(join(folder, "bin"));
	writeFileSync(join(folder, "bin/npm"), FAKE_NPM);
	chmodSync(join(folder, "bin/npm"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Plan {
	readonly scripts?: readonly string[];
	readonly failing?: string;
	readonly liveCode?: number;
	readonly report?: object;
}

function ci({ scripts = ALL_SCRIPTS, failing = "", liveCode = 0, report = REPORT }: Plan) {
	const named = Object.fromEntries(scripts.map((name) => [name, "true"]));
	writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: named }));
	writeFileSync(join(folder, "report.json"), JSON.stringify(report));
	const PATH = [join(folder, "bin"), dirname(process.execPath), process.env.PATH].join(delimiter);
	const env = {
		PATH,
		ASKED: join(folder, "asked"),
		FAILING: failing,
		LIVE_CODE: `${liveCode}`,
		TMPDIR: folder,
		CTRACE_CHROMIUM: "/nowhere/chromium", // named: nothing is installed
	};
	const run = spawnSync("bash", [join(folder, ".ci/run")], { cwd: tmpdir(), env, encoding: "utf8" });
	const asked = readFileSync(join(folder, "asked"), "utf8").trim().split("\n");
	return { code: run.status, text: run.stdout, last: run.stdout.trim().split("\n").at(-1), asked };
}

test("the continuous run installs, tests, checks and tries two versions of the genuine client, in this order", () => {
	const { code, last, asked } = ci({});
	expect(asked.filter((line) => line !== "npm --version")).toEqual([
		"npm ci",
		"npm test",
		"npm run lint",
		"npm run types",
		"npm run architecture",
		"npm run patterns:check",
		"npm run test:browser",
		"npm run test:encryption",
		"npm run test:faults",
		`npm run test:live -- --versions 2.1.197 --scenarios ${SCENARIOS} --second-try`,
		`npm run test:live -- --versions newest --scenarios ${SCENARIOS} --second-try`,
	]);
	expect({ code, last }).toEqual({ code: 0, last: "19 passed, 0 failed" });
});

test("a genuine client that could not run is announced loudly and fails nothing", () => {
	const { code, text, last } = ci({ liveCode: 3 });
	expect(text).toContain("!!!  NOT RUN: genuine Claude Code 2.1.197");
	expect(text).toContain("!!!  NOT RUN: genuine Claude Code newest");
	expect({ code, last }).toEqual({ code: 0, last: "17 passed, 0 failed" });
});

test("a genuine client that ran and was read wrongly fails the run", () => {
	expect(ci({ liveCode: 1 })).toMatchObject({ code: 1, last: "17 passed, 2 failed" });
});

test.each(["lint", "types", "patterns:check", "test:browser", "test:encryption", "test:faults"])(
	"a failed %s fails the run, and the steps after it are still made",
	(failing) => {
		const { code, last, asked } = ci({ failing });
		expect({ code, last }).toEqual({ code: 1, last: "18 passed, 1 failed" });
		expect(asked.at(-1)).toContain("test:live");
	},
);

test("a failed install ends the run at once", () => {
	const { code, last, asked } = ci({ failing: "ci" });
	expect({ code, last }).toEqual({ code: 1, last: "0 passed, 1 failed" });
	expect(asked.at(-1)).toBe("npm ci");
});

test("failed tests are counted one by one", () => {
	const report = { ...REPORT, numFailedTests: 3, success: false };
	expect(ci({ failing: "test", report })).toMatchObject({ code: 1, last: "19 passed, 3 failed" });
});

test("what failed is named beside the result, with the end of what it said", () => {
	const failed = { status: "failed", fullName: "bytes are bytes", failureMessages: ["expected 1 to be 2"] };
	const testResults = [{ name: "test/a.test.ts", status: "failed", message: "", assertionResults: [failed] }];
	const report = { ...REPORT, numFailedTests: 1, success: false, testResults };
	expect(ci({ failing: "test", report }).text).toContain(
		"FAILED test/a.test.ts: bytes are bytes\nexpected 1 to be 2\n",
	);
	expect(ci({ failing: "lint" }).text).toContain("=== the end of: lint ===\nlint says why\n");
});

test("tests that passed in a run that failed are no success", () => {
	expect(ci({ failing: "test" })).toMatchObject({ code: 1, last: "19 passed, 1 failed" });
});

test("a script that the package does not have is no step", () => {
	const { code, last } = ci({ scripts: ["lint", "types", "architecture"] });
	expect({ code, last }).toEqual({ code: 0, last: "13 passed, 0 failed" });
});
