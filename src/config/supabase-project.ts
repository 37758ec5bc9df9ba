/** The Supabase project of the settings, looked at before anything is sent to it. Pure. */
import { CtraceError } from "../core/errors.ts";

export interface SupabaseProject {
	readonly url: string;
	readonly key: string;
}

/** Undefined when nothing is set. Throws `config` when half of it is, or when a key is no key for this. */
export function readProject(url: string | undefined, key: string | undefined): SupabaseProject | undefined {
	if (url === undefined && key === undefined) return undefined;
	if (url === undefined || key === undefined)
		throw new CtraceError("config", `CTRACE_SUPABASE_${url === undefined ? "URL" : "KEY"} is not set`, {
			hint: "Both belong together; the project's page for API keys shows them.",
		});
	refuseAllPowerfulKey(key);
	return { url: readUrl(url), key };
}

function readUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback)) return url.origin;
	throw new CtraceError(
		"config",
		`CTRACE_SUPABASE_URL must be an https address, not ${JSON.stringify(text)}`,
		{
			hint: "For example: SUPABASE_URL=https://abcdefghijklmnop.supabase.co",
		},
	);
}

/** A key that is past every rule would show everybody's sessions to whoever finds it on this disk. */
function refuseAllPowerfulKey(key: string): void {
	if (!isAllPowerfulKey(key)) return;
	throw new CtraceError(
		"config",
		"CTRACE_SUPABASE_KEY is the service-role key, which no rule of the project binds",
		{
			hint: "Use the publishable (or anon) key: who may see what is then decided by who signs in. The service-role key is only for `ctrace supabase`, as SUPABASE_SERVICE_ROLE_KEY.",
		},
	);
}

export function isAllPowerfulKey(key: string): boolean {
	if (key.startsWith(`sb_${"secret"}_`)) return true;
	const [, body = ""] = key.split(".");
	try {
		const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
		return (
			typeof claims === "object" && claims !== null && "role" in claims && claims.role === "service_role"
		);
	} catch {
		return false; // no token: a key of the newer kind
	}
}
