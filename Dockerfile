# syntax=docker/dockerfile:1

# ctrace in a container. The records live in the volume /data.
#
#   docker build -t ctrace .
#   docker run --rm -it -v ctrace:/data ctrace demo
#   docker run --rm -it -v ctrace:/data ctrace sessions list
#
#   docker run --rm -p 127.0.0.1:4650:4650 -v ctrace:/data ctrace web --host 0.0.0.0 --port 4650 --no-open
#   docker run --detach -v ctrace:/data -v ~/.claude:/home/node/.claude:ro ctrace start
#
# compose.yaml has all of it. Claude Code is not in the image. To record it in a container, build on this one:
#
#   FROM ctrace
#   USER root
#   RUN npm install --global @anthropic-ai/claude-code@2.1.197
#   USER node

ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# What the native modules are compiled with. Versions follow the base image's release.
# hadolint ignore=DL3008
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends python3 make g++ \
	&& rm -rf /var/lib/apt/lists/*
# The install first: it is compiled again only when the lock file changes.
COPY package.json package-lock.json binding.gyp ./
COPY native ./native
# Without the workspace of the tests.
RUN npm ci --ignore-scripts --workspaces=false \
	&& npm rebuild better-sqlite3 node-pty esbuild \
	&& npm run install
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
COPY web ./web
COPY patterns ./patterns
# There is no clone here to ask.
ARG CTRACE_COMMIT=""
RUN CTRACE_COMMIT="${CTRACE_COMMIT}" npm run build \
	&& npm prune --omit=dev --ignore-scripts --workspaces=false \
	# What only other systems, compilers and debuggers need.
	&& rm -rf node_modules/node-pty/prebuilds node_modules/node-pty/third_party node_modules/*/deps node_modules/*/src \
	&& find node_modules/better-sqlite3/build -type f ! -name better_sqlite3.node -delete \
	&& find dist -name '*.map' -delete

FROM ${NODE_IMAGE}
# tini hands signals on and reaps what is orphaned; less shows long sessions a page at a time.
# hadolint ignore=DL3008
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends tini less \
	&& rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/build/Release/termios.node ./build/Release/termios.node
COPY --from=build /app/package.json ./
COPY --from=build /app/patterns ./patterns
COPY bin ./bin
COPY supabase/migrations ./supabase/migrations
COPY LICENSE ./
COPY scripts/container-entry.sh /usr/local/bin/container-entry
RUN chmod 0755 /usr/local/bin/container-entry bin/ctrace.js \
	&& ln -s /app/bin/ctrace.js /usr/local/bin/ctrace \
	&& install --directory --owner=node --group=node --mode=0700 /data /home/node/project
ENV NODE_ENV=production \
	CTRACE_HOME=/data
VOLUME /data
EXPOSE 4650
# The database opens and answers, whatever the container was started for.
HEALTHCHECK --interval=60s --timeout=10s --start-period=10s \
	CMD ["ctrace", "sessions", "list", "--limit", "1", "--json"]
USER node
WORKDIR /home/node/project
# -g: a signal reaches ctrace too, not only the script that waits for it.
ENTRYPOINT ["tini", "-g", "--", "container-entry"]
CMD ["--help"]
