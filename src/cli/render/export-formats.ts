/** A session in each of the forms in which it leaves ctrace. Pure. */
import { exportV1 } from "../../store/export-v1.ts";
import type { StoredSession } from "../../store/store.ts";
import { renderHtml } from "./html-export.ts";
import { renderMarkdown } from "./markdown-export.ts";
import { renderTranscript } from "./transcript.ts";

export const EXPORT_FORMATS = ["json", "markdown", "html", "text"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A text file has no width of its own. */
const TEXT_COLUMNS = 100;

export function renderExport(
	format: ExportFormat,
	{ session, turns }: Pick<StoredSession, "session" | "turns">,
	options: { readonly home: string },
): string {
	switch (format) {
		case "json":
			return `${JSON.stringify(exportV1(session, turns, options), undefined, 2)}\n`;
		case "markdown":
			return renderMarkdown(session, turns, options);
		case "html":
			return renderHtml(session, turns, options);
		case "text":
			return renderTranscript(session, turns, {
				width: TEXT_COLUMNS,
				colour: false,
				home: options.home,
				isFull: true,
			});
	}
}
