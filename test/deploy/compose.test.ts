/** The files that a container engine would be given: what can be said of them without one. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { parseDotenv } from "../../src/config/dotenv.ts";

const composeSchema = z.object({
	services: z.record(
		z.string(),
		z.object({
			image: z.string().optional(),
			ports: z.array(z.string()).default([]),
			volumes: z.array(z.string()).default([]),
			environment: z.record(z.string(), z.string()).default({}),
		}),
	),
	volumes: z.record(z.string(), z.null()),
});

function read(path: string) {
	return composeSchema.parse(parse(readFileSync(path, "utf8")));
}

const PROJECT = "deploy/supabase/compose.yaml";
const FILES = ["compose.yaml", PROJECT];
/** `${NAME}`, `${NAME:-usual}`, `${NAME:?why}` */
const VARIABLE = /\$\{(\w+)(:[-?][^}]*)?\}/g;

test.each(FILES)("%s opens ports to this machine alone, and names versions", (path) => {
	const { services } = read(path);
	for (const [name, { image = "", ports }] of Object.entries(services)) {
		for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
		if (image !== "ctrace") expect(image, name).toMatch(/:\D*\d/);
	}
});

test.each(FILES)("%s mounts what is there, into volumes that it has", (path) => {
	const { services, volumes } = read(path);
	const sources = Object.values(services).flatMap((service) =>
		service.volumes.map((volume) => volume.replaceAll(VARIABLE, "/given").split(":")[0] ?? ""),
	);
	expect(sources.length).toBeGreaterThan(0);
	for (const source of sources)
		if (source.startsWith(".")) expect(existsSync(resolve(path, "..", source)), source).toBe(true);
		else if (!source.startsWith("/")) expect(Object.keys(volumes)).toContain(source);
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-deploy-"));
	cpSync("deploy/supabase/make-keys.mjs", join(folder, "make-keys.mjs"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeKeys(): string {
	return execFileSync(process.execPath, [join(folder, "make-keys.mjs")], { encoding: "utf8" });
}

test("the keys are signed words for the two roles, and all that the project's file asks for", () => {
	const said = makeKeys();
	const path = join(folder, ".env");
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const made = parseDotenv(readFileSync(path, "utf8"));
	const asked = [...readFileSync(PROJECT, "utf8").matchAll(VARIABLE)].map(([, name = ""]) => name);
	for (const name of asked) expect(made[name], name).toMatch(/^[0-9a-f]{32,}$/);
	const roles = [made.SUPABASE_KEY, made.SUPABASE_SERVICE_ROLE_KEY].map((key = "") => {
		const [head, body = "", signature] = key.split(".");
		const right = createHmac("sha256", made.JWT_SECRET ?? "")
			.update(`${head}.${body}`)
			.digest("base64url");
		expect(signature).toBe(right);
		return JSON.parse(Buffer.from(body, "base64url").toString()).role;
	});
	expect(roles).toEqual(["anon", "service_role"]);
	expect(said).toContain(made.SUPABASE_KEY);
	for (const secret of [made.SUPABASE_SERVICE_ROLE_KEY, made.JWT_SECRET, made.POSTGRES_PASSWORD])
		expect(said).not.toContain(secret);
});

test("keys that are there stay", () => {
	makeKeys();
	const before = readFileSync(join(folder, ".env"), "utf8");
	const { status, stderr } = spawnSync(process.execPath, [join(folder, "make-keys.mjs")], {
		encoding: "utf8",
	});
	expect(status).toBe(1);
	expect(stderr).toContain("is there already");
	expect(readFileSync(join(folder, ".env"), "utf8")).toBe(before);
});
