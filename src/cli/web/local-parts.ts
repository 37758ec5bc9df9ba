/** The server's parts over this machine's own store. */
import { exportSession, exportTurn } from "../../store/export-v1.ts";
import type { Store } from "../../store/store.ts";
import { createLocalReader } from "../../web/local/local-reader.ts";
import type { WebParts } from "../../web/web-parts.ts";
import type { CliContext } from "../context.ts";
import { openReel } from "../recording.ts";
import { castOf } from "../render/screen-export.ts";
import { createAnalytics } from "./analytics/create-analytics.ts";
import { createInsights } from "./analytics/create-insights.ts";
import { createFigureKeeper } from "./analytics/keep-figures.ts";
import { exportedFile } from "./exported-file.ts";
import { createPrivacyParts } from "./privacy-parts.ts";
import { createSettings } from "./settings.ts";
import { createSharing } from "./sharing.ts";
import { examineForWeb } from "./web-status.ts";

export function createLocalParts(context: CliContext, store: Store): WebParts {
	const reader = createLocalReader({
		store,
		exports: { session: (session) => exportSession(session, context), turn: exportTurn },
		closeAbandoned: () => store.closeAbandoned(context.isProcessAlive).length > 0,
		hasRecording: (id) => store.recordings.places(id).length > 0,
		now: context.now,
	});
	// What fails here fails again with the first question, and is told there.
	reader.prepare().catch(() => {});
	const sharing = createSharing(context, store);
	const keeper = createFigureKeeper(store.figures, context.measureMarks);
	return {
		reader,
		version: context.version,
		actions: {
			...sharing,
			delete: (id) => {
				const { isWiped } = store.deleteSession(id);
				reader.noteChange();
				return { deleted: true, wiped: isWiped };
			},
		},
		recording: (id) => recordingOf(store, id),
		analytics: createAnalytics(context, store, keeper),
		insights: createInsights(context, store, keeper),
		export: (id, format) => exportedFile(store.readSession(id), format, context),
		...createPrivacyParts(context, store),
		status: () => examineForWeb(context, store),
		settings: () => createSettings(context, { isEmpty: reader.isEmpty() }),
	};
}

/** Undefined where the session has none. */
function recordingOf(store: Store, id: string): AsyncIterable<string> | undefined {
	if (store.recordings.places(id).length === 0) return undefined;
	return piecemeal(castOf("cast", openReel(store, id), store.readSession(id)));
}

/** Others are answered between two lines of a long recording. */
async function* piecemeal(lines: Iterable<string>): AsyncGenerator<string> {
	for (const line of lines) {
		yield line;
		await new Promise(setImmediate);
	}
}
