// Adds up what `.ci/run` did, from vitest's own report and the verdicts of the steps; the exit code says whether all is well.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** Lines of a failed step that are repeated, and of a failed test's message. */
const REPEATED_LINES = 25;
const MESSAGE_LINES = 8;

const [folder = ".", testCode = "0"] = process.argv.slice(2);
const tests = readTests(join(folder, "tests.json"), testCode !== "0");
const steps = readSteps(join(folder, "steps.tsv"));
const count = (verdict) => steps.filter((step) => step.verdict === verdict).length;

for (const { verdict, name } of steps) if (verdict === "failed") repeatEnd(name);
for (const name of ["tests", "browser"]) repeatFailures(join(folder, `${name}.json`));
console.log("\n=== result ===");
console.log(`tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
for (const { verdict, name } of steps) console.log(`${verdict.toUpperCase().padEnd(7)} ${name}`);

const passed = tests.passed + count("passed");
const failed = tests.failed + count("failed");
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;

/** A file that could not be loaded has no failed test in the report, and a run that failed as a whole may have none: each counts. */
function readTests(path, runFailed) {
	if (!existsSync(path)) return { passed: 0, failed: runFailed ? 1 : 0, skipped: 0 };
	const report = JSON.parse(readFileSync(path, "utf8"));
	const unloaded = report.testResults.filter(
		(file) => file.status === "failed" && !hasFailedTest(file),
	).length;
	const named = report.numFailedTests + unloaded;
	const failed = named === 0 && (runFailed || !report.success) ? 1 : named;
	return {
		passed: report.numPassedTests,
		failed,
		skipped: report.numPendingTests + (report.numTodoTests ?? 0),
	};
}

function hasFailedTest(file) {
	return file.assertionResults.some((test) => test.status === "failed");
}

function readSteps(path) {
	if (!existsSync(path)) return [];
	const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
	return lines.map((line) => line.split("\t")).map(([verdict, name]) => ({ verdict, name }));
}

/** The end of what a failed step said, beside the result: a long log is often kept only in part. */
function repeatEnd(name) {
	const path = join(folder, `${name}.log`);
	if (!existsSync(path)) return;
	const lines = stripVTControlCharacters(readFileSync(path, "utf8")).trimEnd().split("\n");
	console.log(`\n=== the end of: ${name} ===\n${lines.slice(-REPEATED_LINES).join("\n")}`);
}

function repeatFailures(path) {
	if (!existsSync(path)) return;
	const files = JSON.parse(readFileSync(path, "utf8")).testResults ?? [];
	for (const file of files.filter(({ status }) => status === "failed")) {
		const tests = file.assertionResults.filter(({ status }) => status === "failed");
		if (tests.length === 0) console.log(`\nFAILED to load ${file.name}\n${beginning(file.message ?? "")}`);
		for (const test of tests)
			console.log(`\nFAILED ${file.name}: ${test.fullName}\n${beginning(test.failureMessages.join("\n"))}`);
	}
}

function beginning(message) {
	return stripVTControlCharacters(message).split("\n").slice(0, MESSAGE_LINES).join("\n");
}
