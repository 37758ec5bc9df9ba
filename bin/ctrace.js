#!/usr/bin/env node
try {
	await import("../dist/wrap.js");
} catch (error) {
	if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
	process.stderr.write(`ctrace: not built yet; run \`npm run build\` in its folder (${error.message})\n`);
	process.exitCode = 1;
}
