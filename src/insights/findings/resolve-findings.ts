/** A model's findings with their evidence followed to sessions and turns that exist; what leads nowhere is dropped. */
import type * as z from "zod";
import type { Evidence, Finding, findingSchema } from "./finding.ts";

export interface KnownEvidence {
	/** Session ids by the names that the model was given. */
	readonly links: ReadonlyMap<string, string>;
	/** Numbers of the turns of each session. */
	readonly turns: ReadonlyMap<string, ReadonlySet<number>>;
}

export function resolveFindings(
	findings: readonly z.infer<typeof findingSchema>[],
	known: KnownEvidence,
): Finding[] {
	return findings.flatMap(({ evidence, ...finding }) => {
		const resolved = evidence.flatMap((link) => resolve(link, known));
		// One invented link makes all of it doubtful.
		if (resolved.length === 0 || resolved.length < evidence.length) return [];
		return [{ ...finding, evidence: resolved, by: "model" as const }];
	});
}

function resolve(
	{ session, turn }: { readonly session: string; readonly turn: number | null },
	{ links, turns }: KnownEvidence,
): Evidence[] {
	const sessionId = links.get(session);
	if (sessionId === undefined) return [];
	if (turn === null) return [{ sessionId }];
	return turns.get(sessionId)?.has(turn) === true ? [{ sessionId, turnSeq: turn }] : [];
}
