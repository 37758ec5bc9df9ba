/** Sharing a session with a team: a rule of its own, which takes effect with the next sync. */
import type { Store } from "../../store/store.ts";
import type { ShareAnswer } from "../../web/api/settings.ts";
import type { WebActions } from "../../web/web-parts.ts";
import type { CliContext } from "../context.ts";

export function createSharing(
	context: CliContext,
	store: Store,
): Pick<WebActions, "teams" | "readShare" | "share"> {
	const placeOf = (id: string) => ({ kind: "session" as const, value: store.readHead(id).id });
	const readShare = (id: string): ShareAnswer => {
		const { value } = placeOf(id);
		const rule = store.sync.readShareRules().find((one) => one.kind === "session" && one.value === value);
		if (rule === undefined) return { rule: { kind: "none" } };
		return { rule: rule.teamId === undefined ? { kind: "private" } : { kind: "team", teamId: rule.teamId } };
	};
	return {
		readShare,
		teams: async () => {
			const teams = await (await context.loadSync()).teams().list();
			return { teams: teams.map(({ id, name }) => ({ id, name })) };
		},
		share: (id, rule) => {
			const wish = { team: rule.kind === "team" ? rule.teamId : null, private: null, none: undefined }[
				rule.kind
			];
			store.sync.setShareRule(placeOf(id), wish);
			return readShare(id);
		},
	};
}
