// Adds up what `.ci/run` did, from vitest's own report and the verdicts of the steps; the exit code says whether all is well.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = ".", testCode = "0"] = process.argv.slice(2);
const tests = readTests(join(folder, "tests.json"), testCode !== "0");
const steps = readSteps(join(folder, "steps.tsv"));
const count = (verdict) => steps.filter((step) => step.verdict === verdict).length;

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
