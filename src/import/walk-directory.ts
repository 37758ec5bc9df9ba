/** The files below a directory, in the order of names. Links to directories are not followed: they may lead in a circle. */
import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeFailure, type Failure } from "./failure.ts";

/** What cannot be read is added to `failures`, and the rest is found all the same. */
export function* walkDirectory(directory: string, failures: Failure[]): Generator<string, void> {
	for (const entry of readEntries(directory, failures)) {
		const path = join(directory, entry.name);
		if (entry.isDirectory()) yield* walkDirectory(path, failures);
		else if (entry.isFile() || (entry.isSymbolicLink() && isFileBehind(path))) yield path;
	}
}

function readEntries(directory: string, failures: Failure[]): Dirent[] {
	try {
		return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	} catch (error) {
		failures.push(describeFailure(directory, error));
		return [];
	}
}

function isFileBehind(link: string): boolean {
	try {
		return statSync(link).isFile();
	} catch {
		return false; // it leads nowhere, or in a circle
	}
}
