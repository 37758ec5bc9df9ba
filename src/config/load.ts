/** Where configuration enters: ctrace's own files, and the environment that is handed over. */
import { existsSync, readFileSync } from "node:fs";
import { type LoadedConfig, loadConfigAnyway } from "./config.ts";
import { type Machine, resolvePaths, withCloneFiles } from "./paths.ts";

/** `installation`: the directory of ctrace's `package.json`. Throws `config` for a place that is none. */
export function loadOwnConfig(machine: Machine, installation: string): LoadedConfig {
	const paths = withCloneFiles(resolvePaths(machine), installation, {
		env: machine.env,
		isThere: existsSync,
	});
	const dotenv = readIfThere(paths.dotenv);
	return loadConfigAnyway({ ...machine, paths, ...(dotenv === undefined ? {} : { dotenv }) });
}

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // absent is the usual case; what cannot be read has no say
	}
}
