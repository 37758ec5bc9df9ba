/** The page's addresses. Only the list comes with the first load. */
import type { QueryClient } from "@tanstack/react-query";
import {
	createRootRouteWithContext,
	createRoute,
	createRouter,
	type ErrorComponentProps,
	Link,
	lazyRouteComponent,
	notFound,
} from "@tanstack/react-router";
import { readRangeSearch } from "./analytics/range.ts";
import { outlineQuery, sessionQuery, settingsQuery } from "./api/queries.ts";
import { isSessionId, parseAddress, writeAddress } from "./app/address.ts";
import { Shell } from "./app/shell.tsx";
import { Failure, Loading, Notice } from "./parts/notice.tsx";
import { readListSearch } from "./sessions/list-search.ts";
import { SessionsPage } from "./sessions/sessions-page.tsx";

const rootRoute = createRootRouteWithContext<{ readonly client: QueryClient }>()({
	component: Shell,
	loader: ({ context }) => context.client.ensureQueryData(settingsQuery),
	errorComponent: RouteFailure,
	notFoundComponent: () => (
		<Notice title="There is no such page">
			<p>
				<Link to="/">All sessions</Link>
			</p>
		</Notice>
	),
	pendingComponent: () => <Loading what="Loading" />,
});

const sessionsRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/",
	validateSearch: readListSearch,
	component: SessionsPage,
});

const sessionRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/sessions/$id",
	validateSearch: (search: Record<string, unknown>): { find?: string } =>
		typeof search.find === "string" && search.find !== "" ? { find: search.find } : {},
	beforeLoad: ({ params }) => {
		if (!isSessionId(params.id)) throw notFound();
	},
	notFoundComponent: () => (
		<Notice title="There is no such session">
			<p>
				It was deleted, or the address is not whole. <Link to="/">All sessions</Link>
			</p>
		</Notice>
	),
	loader: ({ context, params }) => {
		// They come while the page's code does.
		void context.client.prefetchQuery(sessionQuery(params.id));
		void context.client.prefetchQuery(outlineQuery(params.id));
	},
	component: lazyRouteComponent(() => import("./session/session-page.tsx"), "SessionPage"),
});

const analyticsRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/analytics",
	validateSearch: readRangeSearch,
	component: lazyRouteComponent(() => import("./analytics/analytics-page.tsx"), "AnalyticsPage"),
});

const insightsRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/insights",
	validateSearch: readRangeSearch,
	component: lazyRouteComponent(() => import("./insights/insights-page.tsx"), "InsightsPage"),
});

const privacyRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/privacy",
	component: lazyRouteComponent(() => import("./privacy/privacy-page.tsx"), "PrivacyPage"),
});

const statusRoute = createRoute({
	getParentRoute: () => rootRoute,
	path: "/status",
	component: lazyRouteComponent(() => import("./status/status-page.tsx"), "StatusPage"),
});

const routeTree = rootRoute.addChildren([
	sessionsRoute,
	sessionRoute,
	analyticsRoute,
	insightsRoute,
	privacyRoute,
	statusRoute,
]);

export function createPageRouter(client: QueryClient) {
	return createRouter({
		routeTree,
		context: { client },
		parseSearch: parseAddress,
		stringifySearch: writeAddress,
		defaultPreload: "intent",
		defaultPreloadStaleTime: 0,
		defaultErrorComponent: RouteFailure,
		defaultPendingComponent: () => <Loading what="Loading" />,
		defaultHashScrollIntoView: false,
	});
}

function RouteFailure({ error, reset }: ErrorComponentProps) {
	return <Failure error={error} onRetry={reset} />;
}

declare module "@tanstack/react-router" {
	interface Register {
		readonly router: ReturnType<typeof createPageRouter>;
	}
}
