/** The small programs of the harness, compiled once a run, and a copy of the built ctrace that may be taken apart. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../support/remove-folder.ts";

export interface Tools {
	readonly repository: string;
	/** The wrapped command. */
	readonly speaker: string;
	/** To be preloaded: see programs/trouble.c. */
	readonly trouble: string;
	remove(): void;
}

export function makeTools(repository: string): Tools {
	const folder = mkdtempSync(join(tmpdir(), "ctrace-fault-tools-"));
	const compile = (name: string, out: string, options: readonly string[]) => {
		const source = join(repository, "test/faults/programs", `${name}.c`);
		execFileSync("cc", ["-O1", "-o", join(folder, out), source, ...options]);
		return join(folder, out);
	};
	return {
		repository,
		speaker: compile("speaker", "speaker", []),
		trouble: compile("trouble", "trouble.so", ["-shared", "-fPIC", "-ldl"]),
		remove: () => removeFolder(folder),
	};
}

/** What a running ctrace needs of its packages. */
const PACKAGES = ["node-pty", "better-sqlite3", "bindings", "file-uri-to-path"];

/** The programs as they are installed, in a folder of their own. Gives the folder. */
export function copyInstallation(repository: string, folder: string): string {
	mkdirSync(join(folder, "dist"), { recursive: true });
	for (const name of ["bin", "patterns", "schema", "build/Release", "package.json"])
		cpSync(join(repository, name), join(folder, name), { recursive: true });
	for (const name of readdirSync(join(repository, "dist")).filter((each) => /\.c?js$/u.test(each)))
		cpSync(join(repository, "dist", name), join(folder, "dist", name));
	for (const name of PACKAGES) {
		const from = join(repository, "node_modules", name);
		for (const part of ["package.json", "lib", "build/Release"])
			copyIfThere(join(from, part), join(folder, "node_modules", name, part));
		for (const file of readdirSync(from).filter((each) => each.endsWith(".js")))
			cpSync(join(from, file), join(folder, "node_modules", name, file));
	}
	return folder;
}

function copyIfThere(from: string, to: string): void {
	try {
		cpSync(from, to, {
			recursive: true,
			filter: (path) => !/\/(?:obj|\.deps|obj\.target|test_extension\.node)(?:\/|$)/u.test(path),
		});
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
	}
}
