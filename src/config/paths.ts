/** Where ctrace keeps its things on this platform. Pure: no directory is made or looked at. */
import { posix } from "node:path";
import { CtraceError } from "../core/errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Machine {
	readonly env: Environment;
	/** As `process.platform` says. */
	readonly platform: string;
	/** The person's home directory. */
	readonly home: string;
}

export interface Paths {
	readonly config: string;
	readonly data: string;
	readonly state: string;
	readonly cache: string;
	readonly database: string;
	/** ctrace's own settings file; one in the working directory is never read. */
	readonly dotenv: string;
	/** The person's own patterns. */
	readonly privacy: string;
}

/** `CTRACE_HOME` decides for all of them; otherwise the platform's conventions do. Throws `config`. */
export function resolvePaths(machine: Machine): Paths {
	const roots = resolveRoots(machine);
	return Object.freeze({
		...roots,
		database: posix.join(roots.data, "ctrace.db"),
		dotenv: posix.join(roots.config, ".env"),
		privacy: posix.join(roots.config, "privacy.yml"),
	});
}

/**
 * In a clone of ctrace the two files may lie where its first README had them: `.env` and `config/privacy.yml` beside its
 * `package.json`, which is as much ctrace's own as the code that runs. They count where the configuration directory has none,
 * and never where `CTRACE_HOME` says that everything lies there.
 */
export function withCloneFiles(
	paths: Paths,
	clone: string,
	{ env, isThere }: { readonly env: Environment; readonly isThere: (path: string) => boolean },
): Paths {
	if ((env.CTRACE_HOME ?? "") !== "") return paths;
	const choose = (own: string, name: string) => {
		const old = posix.join(clone, name);
		return !isThere(own) && isThere(old) ? old : own;
	};
	return Object.freeze({
		...paths,
		dotenv: choose(paths.dotenv, ".env"),
		privacy: choose(paths.privacy, "config/privacy.yml"),
	});
}

type Roots = Pick<Paths, "config" | "data" | "state" | "cache">;

function resolveRoots({ env, platform, home }: Machine): Roots {
	const own = env.CTRACE_HOME;
	if (own !== undefined && own !== "") return below(checkAbsolute(own));
	if (platform === "darwin") return macRoots(home);
	return {
		config: posix.join(xdg(env.XDG_CONFIG_HOME, `${home}/.config`), "ctrace"),
		data: posix.join(xdg(env.XDG_DATA_HOME, `${home}/.local/share`), "ctrace"),
		state: posix.join(xdg(env.XDG_STATE_HOME, `${home}/.local/state`), "ctrace"),
		cache: posix.join(xdg(env.XDG_CACHE_HOME, `${home}/.cache`), "ctrace"),
	};
}

function checkAbsolute(path: string): string {
	if (posix.isAbsolute(path)) return path;
	throw new CtraceError("config", `CTRACE_HOME must be an absolute path, not ${JSON.stringify(path)}`, {
		hint: 'For example: CTRACE_HOME="$PWD/.ctrace"',
	});
}

function below(root: string): Roots {
	return {
		config: posix.join(root, "config"),
		data: posix.join(root, "data"),
		state: posix.join(root, "state"),
		cache: posix.join(root, "cache"),
	};
}

function macRoots(home: string): Roots {
	const support = posix.join(home, "Library", "Application Support", "ctrace");
	return {
		config: posix.join(support, "config"),
		data: posix.join(support, "data"),
		state: posix.join(support, "state"),
		cache: posix.join(home, "Library", "Caches", "ctrace"),
	};
}

/** The XDG specification says to ignore a relative path. */
function xdg(given: string | undefined, fallback: string): string {
	return given !== undefined && posix.isAbsolute(given) ? given : fallback;
}
