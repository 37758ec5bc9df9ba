// Other versions of Node, from npm (the package `node`).
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** npm's own `#!/usr/bin/env node` finds this Node first; nodedir gives the compiler its headers without a download. */
export function environmentOf({ bin, home }) {
	const PATH = [dirname(bin), process.env.PATH].join(delimiter);
	const headers = existsSync(join(home, "include", "node")) ? { npm_config_nodedir: home } : {};
	return { ...withoutNpm(process.env), ...headers, PATH };
}

/** The environment that npm made for this script would lead the inner npm to the outer project. */
export function withoutNpm(env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)));
}

/** @returns {{bin: string, home: string}} the program, and the folder that holds its `include/node` */
export function installNode(major, cache) {
	const home = join(cache, "node_modules", "node");
	const bin = join(home, "bin", "node");
	if (!existsSync(bin)) {
		mkdirSync(cache, { recursive: true });
		writeFileSync(join(cache, "package.json"), '{ "private": true, "allowScripts": { "node": true } }\n');
		const words = ["install", "--no-save", "--no-package-lock", `node@${major}`];
		const npm = { cwd: cache, env: withoutNpm(process.env), stdio: ["ignore", "inherit", "inherit"] };
		if (spawnSync("npm", words, npm).status !== 0)
			throw new Error(`could not install node@${major} from npm`);
	}
	return { bin, home: findHeaders(cache) ?? home };
}

/** The platform's package beside `node` carries `include/node`. */
function findHeaders(cache) {
	const names = [`node-bin-${process.platform}-${process.arch}`, `node-${process.platform}-${process.arch}`];
	const places = names.flatMap((name) => [
		join(cache, "node_modules", name),
		join(cache, "node_modules", "node", "node_modules", name),
	]);
	return places.find((place) => existsSync(join(place, "include", "node")));
}
