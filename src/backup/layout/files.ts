/** A session as files. */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Entry } from "./entry.ts";

/** Hosts refuse files of 100 MB and warn from 50 MB on. */
export const MOST_BYTES = 45_000_000;
/** Where the header of gzip says which system made it: "unknown", so that all make the same bytes. */
const GZIP_SYSTEM_BYTE = 9;
const GZIP_UNKNOWN = 255;

export interface RepositoryFile {
	readonly path: string;
	readonly bytes: Uint8Array;
}

/** The page for people, and the export for machines; both in pieces where they are too large for a host. */
export function sessionFiles(
	path: string,
	{ page, json }: { readonly page: string; readonly json: string },
	mostBytes = MOST_BYTES,
): { readonly files: readonly RepositoryFile[]; readonly parts: Entry["parts"] } {
	const exports = cutBytes(gzip(json), mostBytes).map((bytes, index) => ({
		path: exportPath(path, index),
		bytes,
	}));
	const pages = cutText(page, mostBytes).map((bytes, index) => ({ path: pagePath(path, index), bytes }));
	return { files: [...pages, ...exports], parts: [exports.length, pages.length] };
}

export function exportPath(path: string, index: number): string {
	return `${path}.json.gz${index === 0 ? "" : `.${index + 1}`}`;
}

export function pagePath(path: string, index: number): string {
	return index === 0 ? `${path}.md` : `${path}-${index + 1}.md`;
}

/** Every file of a session. */
export function pathsOf({ path, parts: [exports, pages] }: Entry): string[] {
	const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
	return [
		...upTo(pages).map((index) => pagePath(path, index)),
		...upTo(exports).map((index) => exportPath(path, index)),
	];
}

export function digestOf(json: string): string {
	return createHash("sha256").update(json).digest("hex");
}

/** The export's text out of its pieces. Throws when they are damaged. */
export function readExport(pieces: readonly Uint8Array[]): string {
	return gunzipSync(Buffer.concat(pieces)).toString("utf8");
}

function gzip(text: string): Uint8Array {
	const bytes = gzipSync(text, { level: 6 });
	bytes[GZIP_SYSTEM_BYTE] = GZIP_UNKNOWN;
	return bytes;
}

function cutBytes(bytes: Uint8Array, most: number): Uint8Array[] {
	const count = Math.max(1, Math.ceil(bytes.length / most));
	return Array.from({ length: count }, (_, index) => bytes.subarray(index * most, (index + 1) * most));
}

/** At the ends of lines, where there are any. */
function cutText(text: string, most: number): Uint8Array[] {
	const bytes = Buffer.from(text);
	const pieces: Uint8Array[] = [];
	for (let from = 0; from < bytes.length || pieces.length === 0; ) {
		const last = Math.min(from + most, bytes.length);
		const line = last === bytes.length ? last : bytes.lastIndexOf(10, last - 1) + 1;
		const to = line > from ? line : last;
		pieces.push(bytes.subarray(from, to));
		from = to;
	}
	return pieces;
}
