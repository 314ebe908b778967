# The release of Node that package.json pins for everybody else.
FROM node:24.21.0-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# Prisma's tools come along as optional peers of its client. They write the client, and go.
FROM base AS build
RUN npm ci --omit=dev --ignore-scripts
COPY .config/prisma.ts .config/
COPY prisma/schema.prisma prisma/
RUN npx --no prisma generate && npm prune --omit=dev --omit=optional --ignore-scripts

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
# Where the embedded database lies if no other is set; a volume can be mounted there for any user.
RUN mkdir --mode=1777 .data
COPY prisma prisma
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/src/store/prisma src/store/prisma
COPY src src
USER node
EXPOSE 4000
# Whether the process lives. Whether its database answers too is for a load balancer to ask, at /ready.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
# What `npm start` runs, with its flags, in place of the shell: so signals reach the server itself.
CMD ["sh", "-c", "exec $(node --print 'require(\"./package.json\").scripts.start')"]
