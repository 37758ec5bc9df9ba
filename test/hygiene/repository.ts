import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** Paths of every file that is, or is about to be, in the repository. */
export function projectFiles(): string[] {
	const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
	return execFileSync("git", list, { cwd: ROOT, encoding: "utf8" })
		.split("\0")
		.filter((path) => path !== "" && existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
}

export function read(path: string): string {
	return readFileSync(join(ROOT, path), "utf8");
}

/** The pages written for people: at the top and under docs/. */
export function pages(): string[] {
	const top = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
	return [...top, ...projectFiles().filter((path) => /^docs\/.*\.md$/.test(path))];
}

export function scripts(): Readonly<Record<string, string>> {
	const manifest: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
	return manifest.scripts;
}
