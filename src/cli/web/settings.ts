/** What the page has to know first. */
import { parsePrivacyMode } from "../../masking/privacy-mode.ts";
import type { SettingsAnswer } from "../../web/api/settings.ts";
import type { CliContext } from "../context.ts";

export async function createSettings(
	context: CliContext,
	{ isEmpty }: { readonly isEmpty: boolean },
): Promise<SettingsAnswer> {
	const project = context.config.supabase;
	const account = project === undefined ? undefined : (await context.loadSync()).signIn.who()?.email;
	return {
		version: context.version,
		source: "local",
		privacyMode: parsePrivacyMode(context.config.privacyMode).mode,
		can: { delete: true, share: account !== undefined, analytics: true, insights: true, replay: true },
		searches: "everything",
		isEmpty,
		timeZone: context.web.timeZone(),
		...(project === undefined
			? {}
			: { project: { url: project.url, ...(account === undefined ? {} : { account }) } }),
	};
}
