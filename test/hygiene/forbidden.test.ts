import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { findForbidden } from "./forbidden.ts";
import { projectFiles, ROOT, read } from "./repository.ts";

const A = "a1B2c3D4e5";
const SYMBOLIC_LINK = "120000"; // Git's mode of one

test("no file of the repository holds a machine's path, a registry's host or anything like a secret", () => {
	const files = projectFiles();
	expect(files.length).toBeGreaterThan(20);
	const found = files.flatMap((path) => findForbidden(path, read(path)));
	expect(found, `\n${found.join("\n")}\n`).toEqual([]);
});

test("no symbolic link of the repository leads out of it", () => {
	const links = execFileSync("git", ["ls-files", "-s"], { cwd: ROOT, encoding: "utf8" })
		.split("\n")
		.filter((line) => line.startsWith(SYMBOLIC_LINK))
		.map((line) => line.split("\t")[1] ?? "");
	const outside = links.filter((path) => {
		const target = resolve(dirname(join(ROOT, path)), readlinkSync(join(ROOT, path)));
		return relative(ROOT, target).startsWith("..");
	});
	expect(outside).toEqual([]);
});

test.each([
	["a path of somebody's machine", ["see ", "/work", "/notes/x.md"]],
	["a path of somebody's machine", ["cd ", "/root", "/.claude"]],
	["a home folder of somebody", ["/home", "/jdoe", "/src"]],
	["a home folder of somebody", ["/Users", "/jane.doe", "/src"].map((part) => part.replace(".", "-"))],
	["the host of a package registry", ["https://registry", ".npmjs", ".org/x"]],
	["an access key of a cloud", ["AKIA", "ABCDEFGHIJKLMNOP"]],
	["an API key", ["sk-", "ant-", A, A, A]],
	["a Google key", ["AIza", A, A, A, "abcde"]],
	["a GitHub token", ["ghp_", A, A, A, "abcdef"]],
	["a GitLab token", ["glpat-", A, A]],
	["a Slack token", ["xoxb-", "123456789-", A, A]],
	["a Stripe key", ["sk_", "live_", A, A]],
	["a Supabase key", ["sb_", "secret_", A, A]],
	["an npm token", ["npm_", A, A, A, "abcdef"]],
	["a signed web token", ["eyJ", A, A, ".", "eyJ", A, A, ".", A, A]],
	["a private key", ["-----BEGIN RSA PRIVATE", " KEY-----\n", A, A, A, A]],
	["a conflict that was not resolved", ["x\n", "<<<<", "<<< HEAD\n"]],
])("the search finds %s", (what, parts) => {
	expect(findForbidden("a.md", `one\n${parts.join("")}\n`).join()).toContain(what);
});

/** A folder that a person may well have, too. */
const FOLDER = ["wo", "rk"].join("");

test.each([
	`~/${FOLDER}/app`,
	`$HOME/${FOLDER}/app`,
	`/home/me/${FOLDER}/app`,
	`https://example.org/${FOLDER}/things`,
	"sk-ant-…",
	"-----BEGIN PRIVATE KEY----- (without its body)",
	"ghp_ and what follows",
])("the search lets the ordinary pass: %s", (text) => {
	expect(findForbidden("a.md", text)).toEqual([]);
});
