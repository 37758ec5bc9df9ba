/**
 * Kinds of secrets by the forms that their issuers document, written down here once more and independent of the
 * patterns: a shape in two parts, what everybody knows of it and what is secret.
 */
import type { Random } from "./random.ts";

/** One made-up secret. */
export interface Secret {
	readonly kind: string;
	readonly value: string;
	/** For each character of `value`, whether it tells anything that the kind alone does not. */
	readonly isSecret: readonly boolean[];
	/** The value as it is met: in an assignment, a header, an address. */
	readonly said: string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const ALPHABETS = {
	alnum: LOWER + UPPER + DIGITS,
	lower: LOWER + DIGITS,
	upper: UPPER + DIGITS,
	hex: `${DIGITS}abcdef`,
	base32: `${UPPER}234567`,
	base64: `${LOWER + UPPER + DIGITS}+/`,
	url: `${LOWER + UPPER + DIGITS}_-`,
	digits: DIGITS,
} as const;

/** Strings are public; so is what is made up and still told to everybody, such as the number of a bot. */
type Part = string | readonly [alphabet: keyof typeof ALPHABETS, length: number, isPublic?: "public"];

export interface Kind {
	readonly name: string;
	readonly parts: readonly Part[];
	/** `*` stands for the value. */
	readonly said: string;
}

function kind(name: string, said: string, ...parts: readonly Part[]): Kind {
	return { name, said, parts };
}

const JWT_HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ";
const PEM = (edge: string) => `-----${edge} RSA PRIVATE ${"KEY"}-----`;

const BASIC = "basic";

export const KINDS: readonly Kind[] = [
	kind("github-classic", "export GITHUB_TOKEN=*", "ghp_", ["alnum", 36]),
	kind("github-oauth", "the token * works", "gho_", ["alnum", 36]),
	kind("github-server", "token: *", "ghs_", ["alnum", 36]),
	kind("github-fine", "GH_TOKEN=*", "github_pat_", ["alnum", 22], "_", ["alnum", 59]),
	kind("gitlab", "PRIVATE-TOKEN: *", "glpat-", ["alnum", 20]),
	kind("anthropic", "ANTHROPIC_API_KEY=*", "sk-ant-", "api03-", ["url", 93], "AA"),
	kind("openai-project", "OPENAI_API_KEY=*", "sk-proj-", ["alnum", 74], "T3BlbkFJ", ["alnum", 74]),
	kind("openai-old", 'openai.api_key = "*"', "sk-", ["alnum", 20], "T3BlbkFJ", ["alnum", 20]),
	kind("openrouter", "key * for the router", "sk-or-v1-", ["hex", 64]),
	kind("huggingface", "HF_TOKEN=*", "hf_", ["alnum", 34]),
	kind("groq", "GROQ_API_KEY=*", "gsk_", ["alnum", 52]),
	kind("aws-id", "aws_access_key_id = *", "AKIA", ["base32", 16]),
	kind("aws-secret", "aws_secret_access_key = *", ["base64", 40]),
	kind("google", "GOOGLE_API_KEY=*", "AIza", ["url", 35]),
	kind("google-oauth", "Authorization: Bearer *", "ya29.", ["url", 80]),
	kind("google-client", "client_secret=*", "GOCSPX-", ["url", 28]),
	kind("azure-storage", "AccountKey=*;EndpointSuffix=core.windows.net", ["base64", 86], "=="),
	kind("digitalocean", "DIGITALOCEAN_TOKEN=*", "dop_v1_", ["hex", 64]),
	kind("slack-bot", "SLACK_TOKEN=*", "xoxb-", ["digits", 12], "-", ["digits", 12], "-", ["alnum", 24]),
	kind(
		"slack-hook",
		"curl -d hi https://hooks.slack.com/services/*",
		"T",
		["upper", 8],
		"/B",
		["upper", 8],
		"/",
		["alnum", 24],
	),
	kind("discord-hook", "https://discord.com/api/webhooks/*", ["digits", 18, "public"], "/", ["url", 68]),
	kind("telegram", "TELEGRAM_BOT_TOKEN=*", ["digits", 10, "public"], ":AA", ["url", 33]),
	kind("stripe", "STRIPE_SECRET_KEY=*", "sk_live_", ["alnum", 40]),
	kind("stripe-restricted", "stripe: *", "rk_live_", ["alnum", 40]),
	kind("square", "square token *", "EAAA", ["url", 60]),
	kind("shopify", "X-Shopify-Access-Token: *", "shpat_", ["hex", 32]),
	kind("sendgrid", "SENDGRID_API_KEY=*", "SG.", ["url", 22], ".", ["url", 43]),
	kind("mailgun", "MAILGUN_API_KEY=*", "key-", ["hex", 32]),
	kind("mailchimp", "mailchimp_api_key: *", ["hex", 32], "-us12"),
	kind("twilio", "TWILIO_AUTH_TOKEN=*", ["hex", 32]),
	kind("npm", "//npm.example.org/:_authToken=*", "npm_", ["alnum", 36]),
	kind("pypi", "password = *", "pypi-", "AgEIcHlwaS5vcmc", ["url", 120]),
	kind("rubygems", "GEM_HOST_API_KEY=*", "rubygems_", ["hex", 48]),
	kind("docker", "docker login -u me -p *", "dckr_pat_", ["url", 27]),
	kind("databricks", "DATABRICKS_TOKEN=*", "dapi", ["hex", 32]),
	kind("supabase", "SUPABASE_SERVICE_ROLE_KEY=*", "sb_secret_", ["url", 31]),
	kind("grafana", "grafana: *", "glsa_", ["alnum", 32], "_", ["hex", 8]),
	kind("newrelic", "NEW_RELIC_API_KEY=*", "NRAK-", ["upper", 27]),
	kind("sentry", "SENTRY_AUTH_TOKEN=*", "sntrys_", ["base64", 90]),
	kind("linear", "LINEAR_API_KEY=*", "lin_api_", ["alnum", 40]),
	kind("notion", "NOTION_TOKEN=*", "ntn_", ["alnum", 46]),
	kind("vault", "VAULT_TOKEN=*", "hvs.", ["url", 90]),
	kind("terraform", 'token = "*"', ["alnum", 14], ".atlasv1.", ["alnum", 64]),
	kind("age", "identity *", "AGE-SECRET-KEY-1", ["base32", 58]),
	kind("jwt", "Cookie: session=*", JWT_HEADER, ["url", 80], ".", ["url", 43]),
	kind("bearer", "Authorization: Bearer *", ["hex", 64]),
	kind(BASIC, "Authorization: Basic *", ["alnum", 20]),
	kind("url-password", "postgres://app:*@db.example.org:5432/app", ["alnum", 18]),
	kind("redis-url", "REDIS_URL=redis://:*@cache.example.org:6379/0", ["alnum", 24]),
	kind("password", "DB_PASSWORD=*", ["alnum", 16]),
	kind("json-secret", '{"client_id": "app", "client_secret": "*"}', ["alnum", 32]),
	kind(
		"private-key",
		"*",
		PEM("BEGIN"),
		"\n",
		["base64", 64],
		"\n",
		["base64", 64],
		"\n",
		["base64", 64],
		"\n",
		["base64", 40],
		"\n",
		PEM("END"),
	),
];

export function makeSecret({ name, parts, said }: Kind, random: Random): Secret {
	let value = "";
	const isSecret: boolean[] = [];
	for (const part of parts) {
		const isPublic = typeof part === "string" || part[2] === "public";
		const text = typeof part === "string" ? part : random.text(ALPHABETS[part[0]], part[1]);
		value += text;
		for (let i = 0; i < text.length; i += 1) isSecret.push(!isPublic);
	}
	if (name === BASIC) return { ...basicOf(value), said: said.replace("*", () => basicOf(value).value) };
	return { kind: name, value, isSecret, said: said.replace("*", () => value) };
}

/** A user and a password as a header carries them: in base64, and all of it secret. */
function basicOf(password: string): Pick<Secret, "kind" | "value" | "isSecret"> {
	const value = btoa(`deploy:${password}`);
	const head = btoa("deploy:").replace(/=+$/, "").length;
	return { kind: BASIC, value, isSecret: Array.from(value, (_, index) => index >= head) };
}
