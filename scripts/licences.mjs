// What is built into the shipped files is other people's work: their licences travel with it, in one text.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * @param {Iterable<string>} inputs paths of the files that were built in
 * @param {string} root the folder that the paths begin in
 * @returns {string} each package's name, version and licence texts, by name; a package without a text has its SPDX name
 */
export function licences(inputs, root) {
	const folders = new Set([...inputs].map((path) => PACKAGE_FOLDER.exec(path)?.[0]).filter(Boolean));
	const packages = [...folders].map((folder) => readPackage(join(root, folder)));
	const sections = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
	return [...sections]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([title, one]) => `${title} (${one.licence})\n\n${one.text}\n`)
		.join(`\n${"-".repeat(80)}\n\n`);
}

function readPackage(folder) {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const texts = existsSync(folder) ? readdirSync(folder).filter((file) => LICENCE_FILE.test(file)) : [];
	const text = texts.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
	return { name, version, licence: license ?? "see its text", text };
}
