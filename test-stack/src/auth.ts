/** Supabase's own Auth, in its TypeScript form, on the stack's PostgreSQL. Mails stay in memory, where a test reads them. */
import { App, InMemoryEmailDriver } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { JWT_SECRET } from "./jwt.ts";

export interface Auth {
	readonly fetch: (request: Request) => Promise<Response>;
	/** The newest mail to the address, as text. */
	readonly mailTo: (address: string) => string | undefined;
	/** Makes the tables of the schema `auth`. */
	readonly createTables: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** How long an access token is good for, in seconds, where a test does not say. */
const USUAL_LIFETIME_S = 3600;

export async function startAuth(uri: string, lifetimeS: number = USUAL_LIFETIME_S): Promise<Auth> {
	const mails = new InMemoryEmailDriver();
	const connection = createPostgresConnection({ url: uri, postgresOptions: { onnotice: () => undefined } });
	const app = new App({
		connection,
		auth: {
			enabled: true,
			jwt_secret: JWT_SECRET,
			jwt_expiry: lifetimeS,
			email: { enable_confirmations: false },
		},
		options: { server: { apiKeys: false }, drivers: { email: mails } },
	});
	return {
		fetch: async (request) => app.fetch(request),
		mailTo: (address) => {
			const mail = mails.messages.get(address)?.at(-1);
			return mail === undefined ? undefined : `${mail.text ?? ""}\n${mail.html ?? ""}`;
		},
		createTables: () => app.ensureSystemSchema().then(() => undefined),
		stop: () => connection.close(),
	};
}
