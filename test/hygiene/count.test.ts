import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "./repository.ts";

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-count-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
	readonly passed?: number;
	readonly failed?: number;
	readonly success?: boolean;
	/** Files that never came to run a test. */
	readonly unloaded?: number;
}

function count(report: Report | undefined, steps: string) {
	const { passed = 0, failed = 0, unloaded = 0, success = failed + unloaded === 0 } = report ?? {};
	const testResults = Array.from({ length: unloaded }, () => ({ status: "failed", assertionResults: [] }));
	const json = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, success, testResults };
	if (report !== undefined) writeFileSync(join(folder, "tests.json"), JSON.stringify(json));
	writeFileSync(join(folder, "steps.tsv"), steps);
	const run = spawnSync(process.execPath, [join(ROOT, ".ci/count.mjs"), folder], { encoding: "utf8" });
	return { code: run.status, last: run.stdout.trim().split("\n").at(-1), text: run.stdout };
}

test("tests and steps are added up, each step as one", () => {
	const { code, last } = count({ passed: 40 }, "passed\tlint\npassed\ttypes\n");
	expect({ code, last }).toEqual({ code: 0, last: "42 passed, 0 failed" });
});

test("a failed step fails the run though every test passed", () => {
	const { code, last } = count({ passed: 40 }, "failed\tlint\n");
	expect({ code, last }).toEqual({ code: 1, last: "40 passed, 1 failed" });
});

test("a failed test fails the run", () => {
	expect(count({ passed: 40, failed: 2 }, "passed\tlint\n")).toMatchObject({
		code: 1,
		last: "41 passed, 2 failed",
	});
});

test("a step that could not run counts as neither and stays visible", () => {
	const { code, last, text } = count({ passed: 40 }, "not-run\tgenuine client\n");
	expect({ code, last }).toEqual({ code: 0, last: "40 passed, 0 failed" });
	expect(text).toContain("NOT-RUN genuine client");
});

test("a test file that does not load counts as failed", () => {
	expect(count({ passed: 40, unloaded: 1 }, "")).toMatchObject({ code: 1, last: "40 passed, 1 failed" });
});

test("an error outside every test counts as failed", () => {
	expect(count({ passed: 40, success: false }, "")).toMatchObject({ code: 1, last: "40 passed, 1 failed" });
});

test("no test at all is no success", () => {
	expect(count(undefined, "passed\tlint\n")).toMatchObject({ code: 1, last: "1 passed, 0 failed" });
});
