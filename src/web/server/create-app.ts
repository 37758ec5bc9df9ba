/** The whole application: what may ask, what answers, and what an answer must carry. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { API_ROOT } from "../api/routes.ts";
import { describeApi } from "../openapi/describe-api.ts";
import type { WebParts } from "../web-parts.ts";
import { answerRoutes } from "./answer-routes.ts";
import { ApiFailure, failureAnswer } from "./api-failure.ts";
import { bindRoutes } from "./bind-route.ts";
import { type Access, authorized, sameSite, securityHeaders, takeToken } from "./guard.ts";
import type { PageFiles } from "./page-files.ts";
import { servePage } from "./serve-page.ts";

const LONGEST_BODY_BYTES = 1024 * 1024;

export interface AppOptions {
	readonly parts: WebParts;
	readonly access: Access;
	/** The built page; undefined: it is not built. */
	readonly page: PageFiles | undefined;
	/** A failure that nobody foresaw: for whoever looks after the server. */
	readonly onFailure: (error: unknown) => void;
}

export function createApp({ parts, access, page, onFailure }: AppOptions): Hono {
	const app = new Hono();
	app.use(securityHeaders(), sameSite(access));
	app.use(`${API_ROOT}/*`, authorized(access));
	app.use(
		`${API_ROOT}/*`,
		bodyLimit({
			maxSize: LONGEST_BODY_BYTES,
			onError: () => {
				throw new ApiFailure("input", "the body is too long");
			},
		}),
	);
	app.get(`${API_ROOT}/openapi.json`, (context) => context.json(describeApi(parts.version)));
	bindRoutes(app, answerRoutes(parts, onFailure));
	app.all(`${API_ROOT}/*`, () => {
		throw new ApiFailure("not-found", "there is no such route", { hint: `See ${API_ROOT}/openapi.json` });
	});
	app.use(takeToken(access));
	app.get("*", servePage(page, access));
	app.onError((error, context) => {
		const { status, body } = failureAnswer(error);
		if (status === 500) onFailure(error);
		return context.json(body, status);
	});
	return app;
}
