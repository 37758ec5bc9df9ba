/**
 * Installs named versions of the genuine Claude Code through plain npm into an ignored cache.
 * It is proprietary: it stays in the cache and is never part of the repository or the package.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const PACKAGE = "@anthropic-ai/claude-code";
/** The newest versions bring a native binary of some 250 MB. */
const INSTALL_MS = 10 * 60_000;
const ASK_MS = 60_000;
const run = promisify(execFile);

/** The genuine client could not be had: nothing was proven, and the caller has to say so loudly. */
export class InstallError extends Error {}

export interface Installed {
	readonly version: string;
	/** Path of the executable. */
	readonly claude: string;
}

/** `newest` is what the registry calls `latest` at this moment. */
export async function resolveVersion(name: string): Promise<string> {
	if (name !== "newest") return name;
	try {
		const { stdout } = await run("npm", ["view", PACKAGE, "version"], { timeout: ASK_MS });
		const version = stdout.trim();
		if (/^\d+\.\d+\.\d+/.test(version)) return version;
		throw new Error(`npm said ${JSON.stringify(version)}`);
	} catch (error) {
		throw new InstallError(`the newest version of ${PACKAGE} could not be found out`, { cause: error });
	}
}

/** Uses what the cache holds, as long as it runs and says the right version. */
export async function install(version: string, cache: string): Promise<Installed> {
	const folder = join(cache, version);
	const claude = join(folder, "node_modules", ".bin", "claude");
	if (existsSync(claude) && (await saysVersion(claude)) === version) return { version, claude };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
	await npmInstall(folder, version);
	const said = await saysVersion(claude);
	if (said !== version) {
		throw new InstallError(
			`${PACKAGE}@${version} was installed, but it says "${said}" when asked for its version`,
		);
	}
	return { version, claude };
}

async function npmInstall(folder: string, version: string): Promise<void> {
	// --force: newer versions ask for a newer Node than the one here, but bring a native program that needs none.
	const args = ["install", "--no-audit", "--no-fund", "--force", "--save-exact", `${PACKAGE}@${version}`];
	try {
		await run("npm", args, { cwd: folder, timeout: INSTALL_MS });
	} catch (error) {
		throw new InstallError(`npm could not install ${PACKAGE}@${version}`, { cause: error });
	}
}

async function saysVersion(claude: string): Promise<string> {
	try {
		const { stdout } = await run(claude, ["--version"], { timeout: ASK_MS });
		return stdout.trim().split(/\s/)[0] ?? "";
	} catch (error) {
		return `nothing: ${error instanceof Error ? error.message : String(error)}`;
	}
}
