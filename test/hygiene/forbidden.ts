/** What no file of the repository may contain. The expressions are written so that this file passes them itself. */
export interface Forbidden {
	readonly what: string;
	readonly pattern: RegExp;
}

export const FORBIDDEN: readonly Forbidden[] = [
	// Invented people only: a recording or a log pasted from a real machine shows itself by such a path.
	{ what: "a path of somebody's machine", pattern: /(?<![\w~.$}-])\/(?:work|root)\/[\w.]/ },
	{
		what: "a home folder of somebody",
		pattern: /(?<![\w.])\/(?:home|Users)\/(?!(?:me|you|user|ada|sam|dev|node|garden)\b)[a-z][\w-]*\//,
	},
	{ what: "a path of somebody's machine", pattern: /\b[A-Z]:\\Users\\(?!me\b|you\b|ada\b)\w+/ },
	// The lock file names versions and hashes; where they are fetched is each machine's own business.
	{ what: "the host of a package registry", pattern: /\bregistry\.[a-z0-9-]+\.(?:org|com|io|dev|net)\b/i },
	{ what: "an access key of a cloud", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
	{ what: "an API key", pattern: /\bsk-(?:ant|proj|live)-[\w-]{20,}/ },
	{ what: "a Google key", pattern: /\bAIza[\w-]{35}\b/ },
	{ what: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})/ },
	{ what: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/ },
	{ what: "a Slack token", pattern: /\bxox[abprs]-\d{6,}-[\w-]{10,}/ },
	{ what: "a Stripe key", pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/ },
	{ what: "a Supabase key", pattern: /\bsb_secret_[\w-]{20,}/ },
	{ what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
	{ what: "a signed web token", pattern: /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/ },
	{ what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n[A-Za-z0-9+/=]{40,}/ },
	{ what: "a conflict that was not resolved", pattern: /^(?:<{7} |>{7} )/m },
];

/** `path:line: what: text`, one a finding. */
export function findForbidden(path: string, text: string): string[] {
	return FORBIDDEN.flatMap(({ what, pattern }) => {
		const match = pattern.exec(text);
		if (match === null) return [];
		const line = text.slice(0, match.index).split("\n").length;
		return [`${path}:${line}: ${what}: ${match[0].trim().slice(0, 40)}`];
	});
}
