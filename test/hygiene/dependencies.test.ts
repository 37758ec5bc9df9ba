import { expect, test } from "vitest";
import { read } from "./repository.ts";

interface Manifest {
	readonly dependencies: Readonly<Record<string, string>>;
	readonly devDependencies: Readonly<Record<string, string>>;
}

interface Locked {
	readonly resolved?: string;
	readonly integrity?: string;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(read("package.json"));
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(read("package-lock.json"));
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

test("every dependency is pinned to one version", () => {
	const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
	expect(all.length).toBeGreaterThan(10);
	expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("the lock file has a hash for every package and no address to fetch one from", () => {
	expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
	expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test("the lock file knows the packages for every platform, not only for the one it was made on", () => {
	// A package left out makes `npm ci` refuse the lock file on a bare machine, whatever the platform.
	const missing = locked.flatMap(([path, entry]) =>
		Object.keys(entry.optionalDependencies ?? {}).filter(
			(name) =>
				!(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
		),
	);
	expect(missing).toEqual([]);
});
