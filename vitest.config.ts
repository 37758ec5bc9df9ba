import { defineConfig } from "vitest/config";

/** Where a machine-readable report is wanted besides the one for people. */
const report = process.env.CTRACE_TEST_REPORT;

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["test/live/**", "test/bench/**"],
		globalSetup: ["test/setup/build.ts"],
		testTimeout: 20_000,
		hookTimeout: 30_000,
		reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
	},
});
