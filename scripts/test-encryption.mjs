// Runs the tests of encryption at rest: `npm run test:encryption`.
//
// The SQLite that encrypts is an option of ctrace's, and compiling it takes a minute; it is fetched here, once, into an
// ignored folder, so that a clone need not. Ends with 3 where it cannot be had.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const COULD_NOT_RUN = 3;
const TESTS = ["test/store/encryption.test.ts", "test/cli/encrypt.test.ts", "test/e2e/encrypted.test.ts"];
const [[name, version]] = Object.entries(
	JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).peerDependencies,
);
// One folder for each version of Node: the module is compiled for one.
const place = join(ROOT, ".cache", "cipher", `${version}-node-${process.versions.modules}`);
const modules = join(place, "node_modules");

if (!isInstalled() && !install()) {
	console.error(`${name} ${version} could not be installed: encryption at rest was NOT checked.`);
	process.exit(COULD_NOT_RUN);
}
const env = {
	...process.env,
	CTRACE_TEST_CIPHER: "required", // not skipped: failed
	NODE_PATH: [modules, process.env.NODE_PATH].filter(Boolean).join(delimiter),
};
const ran = spawnSync("npx", ["vitest", "run", ...TESTS], { cwd: ROOT, env, stdio: "inherit" });
process.exit(ran.status ?? 1);

function isInstalled() {
	return existsSync(join(modules, name, "build/Release/better_sqlite3.node"));
}

function install() {
	mkdirSync(place, { recursive: true });
	const words = ["install", "--prefix", place, "--no-save", "--no-audit", "--no-fund", `${name}@${version}`];
	return spawnSync("npm", words, { cwd: place, stdio: "inherit" }).status === 0 && isInstalled();
}
