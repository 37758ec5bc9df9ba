/**
 * Starts one PostgreSQL for all tests of the sync, with a template that each test file copies. Linux only: elsewhere the
 * parts do not exist as packages, and these tests are skipped with a word that nobody overlooks.
 */
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../test-stack/src/postgres.ts";
import { createTemplate } from "../../test-stack/src/template.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Absent where the stack cannot run. */
		postgresPort: number | undefined;
	}
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	if (process.platform !== "linux" || process.arch !== "x64") {
		process.stderr.write(banner(`${process.platform} ${process.arch}`));
		project.provide("postgresPort", undefined);
		return undefined;
	}
	const postgres = await startPostgres();
	await createTemplate(postgres);
	project.provide("postgresPort", postgres.port);
	return () => postgres.stop();
}

function banner(platform: string): string {
	const line = "!".repeat(72);
	return `${line}\n!!!  NOT RUN on ${platform}: the tests against a real PostgreSQL and PostgREST.\n!!!  Whether ctrace syncs was NOT checked by this run.\n${line}\n`;
}
