import type { Prisma } from './prisma/client.ts';

/** What is read of a customer whenever somebody acts for it. */
export const customerRecord = {
  include: {
    workspace: true,
    integrations: { where: { position: { not: null } }, orderBy: { position: 'asc' } },
    webhooks: { where: { enabled: true }, select: { id: true, events: true } },
  },
} satisfies Prisma.CustomerDefaultArgs;

export type CustomerRecord = Prisma.CustomerGetPayload<typeof customerRecord>;
