/** A setting as it is shown: what it is, who says so, and no secret. Pure. */
import type { ResolvedSetting } from "../../config/resolve-settings.ts";
import { settingFacts } from "../../config/settings.ts";

const HIDDEN = "********";

export interface ShownSetting {
	readonly name: string;
	/** Absent: it is not set. */
	readonly value?: string;
	readonly origin: ResolvedSetting["origin"];
	readonly allowed: string;
	readonly usual?: string;
	readonly about: string;
	readonly isSecret: boolean;
	readonly problem?: string;
}

export function showSetting({ name, text, origin, problem }: ResolvedSetting): ShownSetting {
	const { allowed, usual, about, isSecret = false } = settingFacts(name);
	return {
		name,
		...(text === undefined ? {} : { value: isSecret ? HIDDEN : withoutPassword(text) }),
		origin,
		allowed,
		...(usual === undefined ? {} : { usual }),
		about,
		isSecret,
		...(problem === undefined ? {} : { problem: problem.message }),
	};
}

/** Who may sign in with an address is nobody else's business. */
export function withoutPassword(text: string): string {
	return text.replace(/(\/\/)[^/@\s]*(?::[^/@\s]*@)|(https?:\/\/)[^/@\s]+@/giu, (_all, any, http) => {
		return `${any ?? http}${HIDDEN}@`;
	});
}
