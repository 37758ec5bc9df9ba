import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";

const URL = "https://abcdefghijklmnop.supabase.co";
const KEY = "sb_publishable_abc";

function load(env: Record<string, string>, dotenv = "") {
	return loadConfig({ env, platform: "linux", home: "/home/ada", dotenv });
}

function token(claims: object): string {
	return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;
}

test("a project is set by ctrace's own file or by prefixed names, never by the names of wherever one stands", () => {
	const own = `SUPABASE_URL=${URL}\nSUPABASE_KEY=${KEY}\n`;
	expect(load({}, own).supabase).toEqual({ url: URL, key: KEY });
	expect(load({ SUPABASE_URL: "https://other.example.com", SUPABASE_KEY: "x" }, own).supabase?.url).toBe(URL);
	expect(load({ SUPABASE_URL: URL, SUPABASE_KEY: KEY }).supabase).toBeUndefined();
	expect(load({ CTRACE_SUPABASE_URL: URL, CTRACE_SUPABASE_KEY: KEY }).supabase?.url).toBe(URL);
});

test("sessions go over https, or to this very machine", () => {
	const url = (text: string) => load({ CTRACE_SUPABASE_URL: text, CTRACE_SUPABASE_KEY: KEY }).supabase?.url;
	expect(url("http://127.0.0.1:54321/rest")).toBe("http://127.0.0.1:54321");
	expect(url("http://localhost:1")).toBe("http://localhost:1");
	for (const bad of [
		"http://example.com",
		"ftp://example.com",
		"example.com",
		"http://127.0.0.1.example.com",
	])
		expect(() => url(bad), bad).toThrow("must be an https address");
	expect(() => load({ CTRACE_SUPABASE_URL: URL })).toThrow("CTRACE_SUPABASE_KEY is not set");
	expect(() => load({ CTRACE_SUPABASE_KEY: KEY })).toThrow("CTRACE_SUPABASE_URL is not set");
});

test.each([`sb_${"secret"}_abc`, token({ role: "service_role" })])(
	"the service-role key is refused as the ordinary one, in either form",
	(key) => {
		expect(() => load({ CTRACE_SUPABASE_URL: URL, CTRACE_SUPABASE_KEY: key })).toThrow("service-role key");
	},
);

test("an anon key of the older form is a key; an interval is a whole number of seconds", () => {
	const anon = token({ role: "anon" });
	const given = { CTRACE_SUPABASE_URL: URL, CTRACE_SUPABASE_KEY: anon };
	expect(load(given)).toMatchObject({ supabase: { key: anon }, autoSyncSeconds: 300 });
	expect(load({ ...given, CTRACE_AUTO_SYNC_INTERVAL: "0" }).autoSyncSeconds).toBe(0);
	expect(() => load({ CTRACE_AUTO_SYNC_INTERVAL: "soon" })).toThrow("a whole number of seconds");
});
