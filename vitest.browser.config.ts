import { defineConfig } from "vitest/config";

/** The page in a real browser: `npm run test:browser`. */
const report = process.env.CTRACE_TEST_REPORT;

export default defineConfig({
	test: {
		include: ["test/browser/**/*.test.ts"],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// What is waited for comes when it comes: on a busy machine, an answer and a drawing take seconds.
		expect: { poll: { timeout: 20_000 } },
		// One browser after the other: each has processes of its own.
		fileParallelism: false,
		reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
	},
});
