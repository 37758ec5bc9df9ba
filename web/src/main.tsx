import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiFailure } from "./api/client.ts";
import { createPageRouter } from "./router.tsx";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/sessions.css";

const TRIES = 2;
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set(["busy", "offline"]);

const client = new QueryClient({
	defaultOptions: {
		queries: {
			refetchOnWindowFocus: false,
			retry: (failures, error) =>
				failures < TRIES && error instanceof ApiFailure && WORTH_ANOTHER_TRY.has(error.code),
		},
	},
});
const root = document.getElementById("root");
if (root !== null)
	createRoot(root).render(
		<StrictMode>
			<QueryClientProvider client={client}>
				<RouterProvider router={createPageRouter(client)} />
			</QueryClientProvider>
		</StrictMode>,
	);
