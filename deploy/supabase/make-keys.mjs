// Makes the secrets of a project of your own: `node deploy/supabase/make-keys.mjs`, once.
//
// Writes .env beside compose.yaml, for you alone, and never over one that is there: the database keeps the password it began
// with. Prints what ctrace needs to know; the service-role key stays in the file.
import { createHmac, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const YEARS = 10;
const path = join(import.meta.dirname, ".env");
const secret = randomBytes(32).toString("hex");
const [anon, service] = ["anon", "service_role"].map(keyOf);
const lines = {
	POSTGRES_PASSWORD: randomBytes(24).toString("hex"),
	JWT_SECRET: secret,
	SUPABASE_KEY: anon,
	SUPABASE_SERVICE_ROLE_KEY: service,
};

try {
	const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
	writeFileSync(path, text.join(""), { mode: 0o600, flag: "wx" });
} catch (error) {
	if (error.code !== "EEXIST") throw error;
	console.error(`${path} is there already; a project keeps the secrets it began with.`);
	process.exit(1);
}
console.log(`ctrace config set SUPABASE_URL http://127.0.0.1:8000\nctrace config set SUPABASE_KEY ${anon}`);

/** A key of a Supabase project is a signed word for one of its roles. */
function keyOf(role) {
	const now = Math.floor(Date.now() / 1000);
	const claims = { role, iss: "supabase", iat: now, exp: now + YEARS * 365 * 24 * 3600 };
	const text = [{ alg: "HS256", typ: "JWT" }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
		.join(".");
	return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
