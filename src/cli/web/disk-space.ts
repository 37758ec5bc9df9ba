/** How much of a disk is taken, and left. What cannot be read counts as nothing. */
import { type Dirent, readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";

/** Of all files below a directory. */
export function bytesBelow(directory: string): number {
	return filesBelow(directory)
		.map(bytesOf)
		.reduce((sum, bytes) => sum + bytes, 0);
}

function filesBelow(directory: string): string[] {
	let entries: Dirent[];
	try {
		entries = readdirSync(directory, { withFileTypes: true, recursive: true });
	} catch {
		return []; // There is none.
	}
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function bytesOf(path: string): number {
	try {
		return statSync(path).size;
	} catch {
		return 0; // It has just gone.
	}
}

export function freeSpace(directory: string): { readonly freeBytes?: number } {
	try {
		const { bavail, bsize } = statfsSync(directory);
		return { freeBytes: bavail * bsize };
	} catch {
		return {};
	}
}
