/** The server's parts over the team's project, for whoever is signed in there. Nothing can be changed here. */
import { exportSession, exportTurn } from "../../store/export-v1.ts";
import { findInTurns } from "../../store/find-in-session.ts";
import { readPulled } from "../../store/pulled.ts";
import { bestSnippet } from "../../store/snippet.ts";
import type { Store } from "../../store/store.ts";
import { wordsOf } from "../../store/words.ts";
import type { TeamQueries } from "../../sync/team-queries.ts";
import { createTeamReader } from "../../web/team/team-reader.ts";
import type { TeamSession, TeamSource } from "../../web/team/team-source.ts";
import type { WebParts } from "../../web/web-parts.ts";
import type { CliContext } from "../context.ts";
import { exportedFile } from "./exported-file.ts";
import { createPrivacyParts } from "./privacy-parts.ts";
import { createSettings } from "./settings.ts";
import { examineForWeb } from "./web-status.ts";

/** Throws `config` without a project, `signed-out` without an account. `store`: this machine's own, for its status. */
export async function createTeamParts(context: CliContext, store: Store): Promise<WebParts> {
	const source = teamSource((await context.loadSync()).team());
	const reader = readerOf(source, context);
	return {
		reader,
		version: context.version,
		export: async (id, format) => {
			const whole = await source.whole(id);
			if (whole === undefined) throw await notThere(reader, id);
			return exportedFile(whole, format, context);
		},
		...createPrivacyParts(context, store),
		status: () => examineForWeb(context, store),
		settings: async () => {
			const settings = await createSettings(context, { isEmpty: await reader.isEmpty() });
			return {
				...settings,
				source: "team",
				can: { delete: false, share: false, analytics: false, insights: false, replay: false },
				searches: "prompts",
			};
		},
	};
}

export function readerOf(source: TeamSource, { home, now }: Pick<CliContext, "home" | "now">) {
	return createTeamReader({
		source,
		exports: { session: (session) => exportSession(session, { home }), turn: exportTurn },
		find: findInTurns,
		snippet: (text, words) =>
			bestSnippet(
				[text],
				words.map((word) => ({ words: wordsOf(word).map(({ folded }) => folded), isPrefix: true })),
			),
		now,
	});
}

/** The reader says it in the words of its own. */
async function notThere(reader: Pick<WebParts["reader"], "session">, id: string): Promise<Error> {
	try {
		await reader.session(id);
		return new Error("a session without its turns");
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

/** Rows of the project, as sessions and turns. */
export function teamSource(team: TeamQueries): TeamSource {
	const toSession = ({
		session,
		...more
	}: Awaited<ReturnType<TeamQueries["changedSince"]>>[number]): TeamSession => ({
		...more,
		session: readPulled(session).session,
	});
	return {
		all: async function* () {
			for await (const page of team.all()) yield page.map(toSession);
		},
		lastChange: team.lastChange,
		changedSince: async (moment) => (await team.changedSince(moment)).map(toSession),
		count: team.count,
		ids: team.ids,
		whole: async (id) => {
			const pulled = await team.whole(id);
			return pulled === undefined ? undefined : readPulled(pulled);
		},
		versions: team.versions,
		findPrompts: team.findPrompts,
	};
}
