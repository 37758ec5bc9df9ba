/**
 * One secret format, as data. Built-in rules are read from `patterns/secrets/*.yml`, a user's own from
 * `privacy.yml`; both become this, and masking asks nothing else about them.
 */

/** How certain and how harmful a finding is; decides in which privacy modes the rule applies. */
export const PRIVACY_LEVELS = ["MAXIMUM", "HIGH", "MEDIUM", "LOW"] as const;
export type PrivacyLevel = (typeof PRIVACY_LEVELS)[number];

/** Checks a rule may ask for beyond its regex; masking implements every one of them. */
export const VALIDATOR_NAMES = [
	"assigned-value",
	"strong-secret",
	"bearer-value",
	"named-secret",
	"announced-value",
	"any-value",
	"config-value",
	"loose-value",
	"connection-url",
	"connection-url-any",
	"password-like",
	"quoted-password",
	"command-password",
	"connection-password",
	"element-value",
	"quoted-secret",
	"odd-value",
	"service-code",
	"user-password",
	"random-looking",
	"basic-credentials",
	"url-password",
	"jwt",
] as const;
export type ValidatorName = (typeof VALIDATOR_NAMES)[number];

/**
 * Finds the next match at or after `from`, in time linear in the text. Built-in rules run on the engine
 * of the language with bounded windows; a user's rules only on a linear-time engine.
 */
export interface Matcher {
	/** `start`/`end` of the whole match, `secretStart`/`secretEnd` of what must not survive. */
	find(text: string, from: number): RuleMatch | undefined;
	/** Present when every match starts with one of the rule's keywords: then only those places are tried. */
	at?(text: string, offset: number): RuleMatch | undefined;
}

export interface RuleMatch {
	readonly start: number;
	readonly end: number;
	readonly secretStart: number;
	readonly secretEnd: number;
}

export interface SecretRule {
	/** Lower-case words joined by `-`: the class shown in a pseudonym. */
	readonly id: string;
	readonly description: string;
	readonly level: PrivacyLevel;
	/**
	 * ASCII literals, one of which occurs in every match; one with a capital counts only as it is written, the others in
	 * any case. Empty = look at every window of the text.
	 */
	readonly keywords: readonly string[];
	readonly matcher: Matcher;
	/** Source of the regex after macro expansion, for listing. */
	readonly source: string;
	readonly validate?: ValidatorName | undefined;
	/** Every match starts where a token starts: not behind a letter or a figure, unless an escape ends there. */
	readonly startsToken?: boolean;
	/** Characters looked at before a keyword and after it. */
	readonly before: number;
	readonly after: number;
	/** Literal text instead of a pseudonym. */
	readonly replacement?: string;
	readonly reference?: string | undefined;
	/** `builtin`, or the file of the user it came from. */
	readonly origin: string;
}

/** With what proves it: read where rules are checked, not where they are used. */
export interface ExampledRule extends SecretRule {
	readonly examples: { readonly match: readonly string[]; readonly noMatch: readonly string[] };
}
