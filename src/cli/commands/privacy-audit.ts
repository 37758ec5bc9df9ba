import { createMaskMemory, type Masker } from "../../masking/masker.ts";
import type { Store } from "../../store/store.ts";
import type { MaskedCount, Replacement, StoredText } from "../../store/stored-text.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson, show } from "../context.ts";
import { type AuditReport, type AuditRow, renderAudit } from "../render/audit-report.ts";

/** As for a check that found something. */
const FOUND_EXIT = 1;

export const privacyAuditCommand: Command = {
	path: ["privacy", "audit"],
	section: "Privacy",
	operands: "",
	summary: "Look through everything stored with today's patterns",
	examples: [
		["ctrace privacy audit", "how many of what would be masked today; never a value"],
		["ctrace privacy audit --remask", "mask it now, and wipe what it leaves in the files"],
	],
	options: [
		{ name: "remask", summary: "Mask what is found, and drop the recordings that show it" },
		{ name: "json", summary: "Print what was found as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const { masker } = context.openMasker(undefined);
		using store = context.openStore();
		const report = audit(context, { store, masker, isRemasking: args.has("remask") });
		if (args.has("json")) printJson(context, report);
		else await show(context, renderAudit(report));
		const isLeft = report.found.length > 0 && !report.remasked;
		return isLeft || report.stillRecorded.length > 0 || report.wiped === false ? FOUND_EXIT : 0;
	},
};

interface AuditWork {
	readonly store: Store;
	readonly masker: Masker;
	readonly isRemasking: boolean;
}

function audit(context: CliContext, work: AuditWork): AuditReport {
	const { store, isRemasking } = work;
	const sessions = store.listSessions();
	const isRecorded = ({ session, recorder }: (typeof sessions)[number]) =>
		session.status === "running" && context.isProcessAlive(recorder.pid, recorder.bootId);
	const stillRecorded = sessions.filter(isRecorded).map(({ session }) => session.id);
	const settled = sessions.map(({ session }) => session.id).filter((id) => !stillRecorded.includes(id));
	const found: AuditRow[] = [];
	for (const [index, id] of [...settled, undefined].entries()) {
		found.push(...auditOne(work, id));
		tellProgress(context, index, settled.length);
	}
	return {
		sessions: settled.length,
		found,
		remasked: isRemasking,
		stillRecorded,
		...(isRemasking ? { wiped: store.purge().isWiped } : {}),
	};
}

function tellProgress({ stderr }: CliContext, done: number, all: number): void {
	if (!stderr.isTerminal) return;
	stderr.write(done === all ? "\r\u001b[K" : `\r${done + 1} of ${all} sessions`);
}

/** `id` undefined: what belongs to no session. */
function auditOne({ store, masker, isRemasking }: AuditWork, id: string | undefined): AuditRow[] {
	const { rows, replacements } = findUnmasked(store.readTexts(id), masker);
	if (isRemasking && replacements.length > 0) {
		store.replaceTexts(id, replacements, rows);
		// What its turns said, its screen showed: the pictures were masked with the patterns of their day.
		if (id !== undefined) store.recordings.remove(id);
	}
	return rows.map((row) => ({ ...(id === undefined ? {} : { session: id }), ...row }));
}

function findUnmasked(texts: readonly StoredText[], masker: Masker) {
	const memory = createMaskMemory();
	const counts = new Map<string, MaskedCount>();
	// Twice: a piece of a secret may stand in a text before the one that shows it whole.
	for (const { value } of texts) masker.mask(value, memory);
	const replacements: Replacement[] = [];
	for (const text of texts) {
		const { value, counts: masked } = masker.mask(text.value, memory);
		if (value === text.value) continue;
		replacements.push({ text, value });
		for (const [rule, count] of Object.entries(masked)) {
			const key = `${text.turnSeq ?? ""} ${rule}`;
			const known = counts.get(key);
			const turn = text.turnSeq === undefined ? {} : { turn: text.turnSeq };
			counts.set(key, { ...turn, rule, count: count + (known?.count ?? 0) });
		}
	}
	const rows = [...counts.values()].sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
	return { rows, replacements };
}
