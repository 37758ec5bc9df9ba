#!/usr/bin/env node
try {
	require("../dist/wrap.cjs");
} catch (error) {
	if (error?.code !== "MODULE_NOT_FOUND") throw error;
	process.stderr.write(
		`ctrace: not built yet; run \`npm run build\` in its folder (${error.message.split("\n")[0]})\n`,
	);
	process.exitCode = 1;
}
