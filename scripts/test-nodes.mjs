// Runs the tests on other versions of Node: `npm run test:nodes`, or `npm run test:nodes -- 24`.
//
// Each version comes from npm (the package `node`) into .cache/nodes/<major>. The native modules are built for one
// ABI only, so the tests run in a copy of this checkout with an install of its own. The first run of a version
// compiles for two to three minutes; later runs install again only when the lock file has changed.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentOf, installNode } from "./nodes.mjs";

const MAJORS = ["22", "24"];
const ROOT = join(import.meta.dirname, "..");

const majors = process.argv.length > 2 ? process.argv.slice(2) : MAJORS;
const failed = majors.filter((major) => !testOn(major));
console.log(
	failed.length === 0 ? `passed on Node ${majors.join(", ")}` : `FAILED on Node ${failed.join(", ")}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

function testOn(major) {
	const cache = join(ROOT, ".cache", "nodes", major);
	const node = installNode(major, cache);
	const version = execFileSync(node.bin, ["--version"], { encoding: "utf8" }).trim();
	console.log(`\n=== Node ${version} ===`);
	const checkout = join(cache, "checkout");
	copyCheckout(checkout);
	const env = environmentOf(node);
	return installOnce(checkout, version, env) && run("npm", ["test"], checkout, env);
}

/** What Git knows and what is new, as it stands now; an earlier install there is kept. */
function copyCheckout(checkout) {
	for (const name of ["src", "test", "scripts", "patterns", "docs", "dist"]) {
		rmSync(join(checkout, name), { recursive: true, force: true });
	}
	const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
	const files = execFileSync("git", list, { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
	for (const file of files.filter((name) => existsSync(join(ROOT, name)))) {
		cpSync(join(ROOT, file), join(checkout, file));
	}
	// Some tests ask Git which files the project has.
	if (!existsSync(join(checkout, ".git"))) run("git", ["init", "-q"], checkout, process.env);
	run("git", ["add", "-A"], checkout, process.env);
}

function installOnce(checkout, version, env) {
	const stamp = join(checkout, "node_modules", ".installed-for");
	const wanted = `${version}\n${readFileSync(join(checkout, "package-lock.json"), "utf8")}`;
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
		return run("npm", ["run", "install"], checkout, env) && run("npm", ["run", "build"], checkout, env);
	if (!run("npm", ["ci"], checkout, env)) return false;
	writeFileSync(stamp, wanted);
	return true;
}

function run(command, args, cwd, env) {
	return spawnSync(command, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}
