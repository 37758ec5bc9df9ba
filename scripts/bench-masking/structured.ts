/** Credentials that are known by what stands around them, made up anew in the shapes in which they are met. */
import { MadeUp } from "./made-up.ts";

export const STRUCTURED_CLASSES = ["URL", "Basic", "Bearer", "JWK", "PEM", "JWT"] as const;
export type StructuredClass = (typeof STRUCTURED_CLASSES)[number];

export interface StructuredCase {
	readonly class: StructuredClass;
	readonly text: string;
	/** What of the text must not survive. */
	readonly secrets: readonly string[];
}

type Shape = (value: string) => string;

const inJson: Shape = (value) => JSON.stringify(value);
/** In a text of a log that is JSON itself. */
const inJsonTwice: Shape = (value) => JSON.stringify(JSON.stringify(value)).slice(1, -1);

/** Where any value on one line may stand. */
const ANYWHERE: readonly Shape[] = [
	(value) => value,
	(value) => `export SERVICE=${value}`,
	(value) => `SERVICE="${value}"`,
	(value) => `service:\n  remote: ${value}\n  retries: 3\n`,
	(value) => `{"remote": ${inJson(value)}, "retries": 3}`,
	(value) => `{\n  "name": "garden",\n  "remote": ${inJson(value)}\n}`,
	(value) => `{"log":"{\\"remote\\":${inJsonTwice(value)}}"}`,
	(value) => `const remote = "${value}";`,
	(value) => `client = connect('${value}', timeout=3)`,
	(value) => `2026-03-04T05:06:07Z INFO connecting to ${value} (attempt 2)`,
	(value) => `level=debug msg="using ${value}" tries=1`,
	(value) => `<entry name="remote" value="${value}"/>`,
	(value) => `Set it to \`${value}\` and start again.`,
	(value) => `    environment:\n      - REMOTE=${value}\n      - TZ=UTC`,
];

export function structuredCases(perClass: number, seed: number): StructuredCase[] {
	const random = new MadeUp(seed);
	return STRUCTURED_CLASSES.flatMap((name) =>
		Array.from({ length: perClass }, () => ({ class: name, ...MAKERS[name](random) })),
	);
}

type Maker = (random: MadeUp) => Omit<StructuredCase, "class">;

const MAKERS: Readonly<Record<StructuredClass, Maker>> = {
	URL: makeUrl,
	Basic: makeBasic,
	Bearer: makeBearer,
	JWK: makeJwk,
	PEM: makePem,
	JWT: makeJwt,
};

const SCHEMES =
	"https http postgres postgresql mysql mariadb mongodb mongodb+srv redis rediss amqp amqps nats ftp sftp smtp smtps ldap mssql clickhouse socks5 ssh";
const HOSTS = ["db.garden.example", "10.0.0.5", "[2001:db8::7]", "localhost", "cache-1.internal", "garden"];

function makeUrl(random: MadeUp): Omit<StructuredCase, "class"> {
	const scheme = random.pick(SCHEMES.split(" "));
	const user = random.pick(["app", "svc.deploy", "ada%40garden.example", "root", "", "a1"]);
	const password = random.number() < 0.3 ? encodeURIComponent(`${random.password()}@/`) : random.password();
	const secret = password.replace(/[#/?@:]/g, "");
	const port = random.pick(["", ":5432", ":6379", ":8443"]);
	const path = random.pick(["", "/", "/garden", "/garden?sslmode=require", "/a/b.git"]);
	const url = `${scheme}://${user}:${secret}@${random.pick(HOSTS)}${port}${path}`;
	const shape = random.pick([
		...ANYWHERE,
		(value: string) => `curl -fsS '${value}'`,
		(value: string) => `origin\t${value} (fetch)`,
		(value: string) => `{"remote":"${value.replaceAll("/", "\\/")}"}`,
		(value: string) => `engine = create_engine("${value}", pool_size=5)`,
		(value: string) => `see [the garden](${value}) for more`,
		(value: string) => `GET /go?to=${encodeURIComponent(value)} HTTP/1.1`,
	]);
	return { text: shape(url), secrets: [secret] };
}

const HEADERS: readonly Shape[] = [
	(value) => `Authorization: ${value}`,
	(value) => `authorization: ${value}\r\naccept: */*\r\n`,
	(value) => `curl -H "Authorization: ${value}" https://garden.example/`,
	(value) => `curl --header='Authorization: ${value}' https://garden.example/`,
	(value) => `> Authorization: ${value}\n> Host: garden.example`,
	(value) => `{"headers":{"Authorization":"${value}"}}`,
	(value) => `{\n  "authorization": "${value}"\n}`,
	(value) => `{"log":"{\\"authorization\\":\\"${value}\\"}"}`,
	(value) => `headers = {'Authorization': '${value}'}`,
	(value) => `req.Header.Set("Authorization", "${value}")`,
	(value) => `fetch(url, { headers: { Authorization: "${value}" } })`,
	(value) => `headers:\n  Authorization: ${value}`,
	(value) => `Proxy-Authorization: ${value}`,
	(value) => `[debug] request headers: [["authorization","${value}"]]`,
	(value) => `AUTH_HEADER="${value}"`,
	(value) => `<header name="Authorization" value="${value}"/>`,
];

function makeBasic(random: MadeUp): Omit<StructuredCase, "class"> {
	const user = random.pick(["ada", "deploy", "svc.deploy", "ada@garden.example"]);
	const coded = btoa(`${user}:${random.password()}`);
	const text = random.pick(HEADERS)(`${random.pick(["Basic", "Basic", "basic"])} ${coded}`);
	return { text, secrets: [coded] };
}

function makeBearer(random: MadeUp): Omit<StructuredCase, "class"> {
	const token = random.pick([
		() => random.text("hex", random.pick([32, 40, 64])),
		() => random.text("url", random.pick([22, 32, 43, 86])),
		() => random.text("alnum", random.pick([24, 32, 48])),
		() => `${random.text("alnum", 8)}.${random.text("url", 30)}`,
		() => `${random.text("base64", 42)}=`,
	])();
	const shape = random.pick([
		...HEADERS.map(
			(header) => (value: string) => header(`${random.pick(["Bearer", "Bearer", "bearer"])} ${value}`),
		),
		(value: string) => `bearer_token: ${value}`,
		(value: string) => `BEARER_TOKEN=${value}`,
		(value: string) => `the call was made with Bearer ${value} and failed`,
	]);
	return { text: shape(token), secrets: [token] };
}

function makeJwk(random: MadeUp): Omit<StructuredCase, "class"> {
	const part = (length: number) => random.text("url", length);
	const kind = random.pick([
		{ kty: "EC", crv: "P-256", open: { x: part(43), y: part(43) }, hidden: { d: part(43) } },
		{ kty: "EC", crv: "P-521", open: { x: part(88), y: part(88) }, hidden: { d: part(88) } },
		{ kty: "OKP", crv: "Ed25519", open: { x: part(43) }, hidden: { d: part(43) } },
		{ kty: "oct", crv: undefined, open: { alg: "HS256" }, hidden: { k: part(random.pick([43, 86])) } },
		{
			kty: "RSA",
			crv: undefined,
			open: { n: part(342), e: "AQAB" },
			hidden: { d: part(342), p: part(171), q: part(171), dp: part(171), dq: part(171), qi: part(171) },
		},
	]);
	const members = {
		kty: kind.kty,
		crv: kind.crv,
		kid: random.text("alnum", 8),
		use: "sig",
		...kind.open,
		...kind.hidden,
	};
	const key = Object.fromEntries(random.shuffled(Object.entries(members)));
	const shape = random.pick([
		() => JSON.stringify(key),
		() => JSON.stringify(key, null, 2),
		() => JSON.stringify({ keys: [key] }, null, "\t"),
		() => JSON.stringify({ log: JSON.stringify(key) }),
		() => `const key = ${JSON.stringify(key, null, 2).replaceAll('"', "'")};`,
		() => `SIGNING_JWK='${JSON.stringify(key)}'`,
		() => `key: >-\n  ${JSON.stringify(key)}`,
		() => JSON.stringify(key).replaceAll(":", " : "),
	]);
	return { text: shape(), secrets: Object.values(kind.hidden) };
}

const LABELS = ["RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", ""];

function makePem(random: MadeUp): Omit<StructuredCase, "class"> {
	const isPgp = random.number() < 0.12;
	const label = isPgp ? `PGP PRIVATE ${"KEY"} BLOCK` : `${random.pick(LABELS)}PRIVATE ${"KEY"}`;
	const full = Array.from({ length: random.pick([2, 3, 12, 25, 49]) }, () => random.text("base64", 64));
	const body = [...full, `${random.text("base64", random.between(8, 60))}==`];
	const isLocked = label.startsWith("RSA") && random.number() < 0.3;
	const preamble = isPgp
		? ["Version: GnuPG v2", ""]
		: isLocked
			? ["Proc-Type: 4,ENCRYPTED", `DEK-Info: AES-128-CBC,${random.text("hex", 32).toUpperCase()}`, ""]
			: [];
	const checksum = isPgp ? [`=${random.text("base64", 4)}`] : [];
	const lines = [`-----BEGIN ${label}-----`, ...preamble, ...body, ...checksum, `-----END ${label}-----`];
	return { text: random.pick(PEM_SHAPES)(lines), secrets: body };
}

const PEM_SHAPES: readonly ((lines: readonly string[]) => string)[] = [
	(lines) => `${lines.join("\n")}\n`,
	(lines) => lines.join("\r\n"),
	(lines) => `tls:\n  key: |\n${lines.map((line) => `    ${line}`).join("\n")}\n`,
	(lines) => `KEY="${lines.join("\\n")}"`,
	(lines) => JSON.stringify({ type: "account", key: lines.join("\n") }),
	(lines) => JSON.stringify({ log: JSON.stringify({ key: lines.join("\n") }) }),
	(lines) => `const key =\n${lines.map((line) => `\t"${line}\\n"`).join(" +\n")};`,
	(lines) => lines.map((line) => `# ${line}`).join("\n"),
	(lines) => lines.map((line) => `web-1  | ${line}`).join("\n"),
	(lines) => `<<~KEY\n${lines.map((line) => `  ${line}`).join("\n")}\nKEY`,
	(lines) => lines.slice(0, -2).join("\n"),
	(lines) => `data:\n  tls.key: ${btoa(lines.join("\n"))}\n`,
];

function makeJwt(random: MadeUp): Omit<StructuredCase, "class"> {
	const part = (value: object) =>
		btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
	const alg = random.pick(["HS256", "RS256", "ES256", "EdDSA"]);
	const head = random.pick([
		{ alg, typ: "JWT" },
		{ typ: "JWT", alg },
		{ alg, kid: random.text("alnum", 12) },
	]);
	const payload = {
		sub: random.text("alnum", random.between(4, 20)),
		iat: random.between(1_600_000_000, 1_800_000_000),
		...(random.number() < 0.5 ? { scope: "read write", aud: "garden.example" } : {}),
	};
	const signature = random.text("url", alg === "RS256" ? 342 : 43);
	const token = `${part(head)}.${part(payload)}.${signature}`;
	const shape = random.pick([
		...ANYWHERE,
		...HEADERS.map((header) => (value: string) => header(`Bearer ${value}`)),
		(value: string) => `Set-Cookie: session=${value}; Path=/; HttpOnly`,
		(value: string) => `GET /ws?token=${value}&v=2 HTTP/1.1`,
		(value: string) => `localStorage.setItem("session", "${value}")`,
	]);
	return { text: shape(token), secrets: [token.slice(token.indexOf(".") + 1)] };
}
