/** The page as it was built: which files there are. */
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export interface PageFiles {
	readonly directory: string;
	/** Names below the directory, with `/`; those with `.br` are the compressed ones. */
	readonly names: ReadonlySet<string>;
}

/** Undefined: it is not built. */
export function findPage(directory: string): PageFiles | undefined {
	const names = new Set(filesBelow(directory).map((path) => relative(directory, path).split(sep).join("/")));
	return names.has("index.html") ? { directory, names } : undefined;
}

function filesBelow(directory: string): string[] {
	try {
		return readdirSync(directory, { withFileTypes: true, recursive: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
	} catch {
		return []; // There is none.
	}
}
