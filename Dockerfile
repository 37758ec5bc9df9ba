# syntax=docker/dockerfile:1

# ctrace in a container. The records live in the volume /data.
#
#   docker build -t ctrace .
#   docker run --rm -it -v ctrace:/data ctrace demo
#   docker run --rm -it -v ctrace:/data ctrace sessions list
#
# Claude Code is not in the image. To record it in a container, build on this one:
#
#   FROM ctrace
#   USER root
#   RUN npm install --global @anthropic-ai/claude-code@2.1.197
#   USER node

ARG NODE_IMAGE=node:20-bookworm-slim

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
RUN npm run build \
	&& npm prune --omit=dev --ignore-scripts --workspaces=false

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
COPY patterns ./patterns
COPY bin ./bin
COPY LICENSE ./
COPY scripts/container-entry.sh /usr/local/bin/container-entry
RUN chmod 0755 /usr/local/bin/container-entry bin/ctrace.js \
	&& ln -s /app/bin/ctrace.js /usr/local/bin/ctrace \
	&& install --directory --owner=node --group=node --mode=0700 /data /home/node/project
ENV NODE_ENV=production \
	CTRACE_HOME=/data
VOLUME /data
USER node
WORKDIR /home/node/project
# -g: a signal reaches ctrace too, not only the script that waits for it.
ENTRYPOINT ["tini", "-g", "--", "container-entry"]
CMD ["--help"]
