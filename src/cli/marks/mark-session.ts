/** What the person says of a session: masked as everything else is, and written by the one way sessions are. */
import type { Session } from "../../core/session.ts";
import type { Store } from "../../store/store.ts";
import type { CliContext } from "../context.ts";

export type Marks = Pick<Session, "pinned" | "tags" | "note">;

/** Gives what was written. Throws `patterns` where the person's own do not load: then nothing is. */
export function markSession(
	context: Pick<CliContext, "openMasker">,
	store: Store,
	id: string,
	marks: Marks,
): Marks {
	const { masker } = context.openMasker(undefined);
	const { value, counts } = masker.mask(marks);
	store.transaction(() => {
		store.updateSession(id, value);
		if (Object.keys(counts).length === 0) return;
		const { maskedCount } = store.readHead(id);
		const sums = Object.entries(counts).map(([rule, count]) => [rule, (maskedCount[rule] ?? 0) + count]);
		store.updateSession(
			id,
			masker.mask({ maskedCount: { ...maskedCount, ...Object.fromEntries(sums) } }).value,
		);
	});
	return value;
}
