import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["test/live/**", "test/bench/**"],
		globalSetup: ["test/setup/build.ts"],
		testTimeout: 20_000,
		hookTimeout: 30_000,
	},
});
