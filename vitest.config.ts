import { defineConfig } from "vitest/config";

/** Where a machine-readable report is wanted besides the one for people. */
const report = process.env.CTRACE_TEST_REPORT;
const notOnes = ["test/live/**", "test/bench/**", "test/browser/**"];

export default defineConfig({
	test: {
		testTimeout: 20_000,
		hookTimeout: 30_000,
		setupFiles: ["test/setup/temporary.ts", "test/setup/seed.ts"],
		reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
		projects: [
			{
				extends: true,
				test: {
					name: "ctrace",
					include: ["test/**/*.test.ts"],
					exclude: [...notOnes, "test/sync/**"],
					globalSetup: ["test/setup/build.ts"],
				},
			},
			{
				extends: true,
				test: {
					// Apart, so that a run without a test of these starts no database.
					name: "sync",
					include: ["test/sync/**/*.test.ts"],
					globalSetup: ["test/setup/supabase.ts"],
				},
			},
		],
	},
});
