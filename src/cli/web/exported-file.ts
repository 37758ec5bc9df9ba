/** A session as a file to save. Pure. */
import type { StoredSession } from "../../store/store.ts";
import type { ExportedFile } from "../../web/web-parts.ts";
import { type ExportFormat, renderExport } from "../render/export-formats.ts";
import { shortId } from "../render/view.ts";

const FILES: Readonly<Record<ExportFormat, readonly [extension: string, type: string]>> = {
	json: ["json", "application/json; charset=utf-8"],
	markdown: ["md", "text/markdown; charset=utf-8"],
	html: ["html", "text/html; charset=utf-8"],
	text: ["txt", "text/plain; charset=utf-8"],
};

export function exportedFile(
	stored: Pick<StoredSession, "session" | "turns">,
	format: ExportFormat,
	options: { readonly home: string },
): ExportedFile {
	const [extension, type] = FILES[format];
	return {
		text: renderExport(format, stored, options),
		type,
		fileName: `ctrace-${shortId(stored.session.id)}.${extension}`,
	};
}
