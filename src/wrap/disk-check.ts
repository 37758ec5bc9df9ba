/** A look at the place where sessions are kept, cheap enough for every start: the usual failures are known at once. */
import { accessSync, constants, statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Less than this and the database cannot even grow by a page of its log. */
const MIN_FREE_BYTES = 256 * 1024;

/** Why nothing can be written there; undefined when it looks fine. */
export function whyNotWritable(directory: string): string | undefined {
	for (let folder = directory; ; folder = dirname(folder)) {
		try {
			accessSync(folder, constants.W_OK | constants.X_OK);
			const { bavail, bsize } = statfsSync(folder);
			return bavail * bsize < MIN_FREE_BYTES ? "the disk is full" : undefined;
		} catch (error) {
			const code = error instanceof Error && "code" in error ? error.code : undefined;
			if (code !== "ENOENT" || folder === dirname(folder)) return explain(folder, code);
		}
	}
}

function explain(folder: string, code: unknown): string {
	if (code === "EACCES" || code === "EPERM") return `${folder} may not be written to`;
	if (code === "EROFS") return `${folder} is on a read-only disk`;
	if (code === "ENOTDIR") return `${folder} is in the way: it is not a folder`;
	return `${folder} cannot be used (${String(code)})`;
}
