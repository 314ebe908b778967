import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../src/store/prisma/client.ts';
import { serve } from './mercurius.ts';

// Mercurius with Prisma: what most would take. The client is the generated one of this product, and nothing is asked in SQL.

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL as string, max: 16 });
const prisma = new PrismaClient({ adapter });

const numberOf = (customerId: string, phone: string) => ({ customerId, tail: phone.slice(-7), canonical: phone });

await serve({
  contactSearch: async (customerId, phone) => {
    const found = await prisma.contactNumber.findMany({
      where: numberOf(customerId, phone),
      include: { contact: true },
      orderBy: { contact: { updatedAt: 'desc' } },
      take: 20,
    });
    return found.map(({ contact }) => contact);
  },
  phoneCalls: async (customerId, first) => {
    const [nodes, totalCount] = await Promise.all([
      prisma.phoneCall.findMany({
        where: { customerId },
        orderBy: [{ startTime: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
        take: first,
      }),
      prisma.phoneCall.count({ where: { customerId } }),
    ]);
    return { nodes, totalCount };
  },
  logPhoneCall: async (customerId, { number, extension, startTime, durationSeconds, subject }) => {
    const [contact, integrations] = await Promise.all([
      prisma.contactNumber.findFirst({ where: numberOf(customerId, number) }),
      prisma.integration.findMany({ where: { customerId } }),
    ]);
    const began = new Date(startTime);
    return prisma.phoneCall.create({
      data: {
        customerId,
        id: randomUUID(),
        direction: 'INBOUND',
        status: 'COMPLETED',
        answered: true,
        numberFrom: number,
        numberTo: extension,
        numberExternal: number,
        numberInternal: extension,
        numbersSent: {},
        durationSeconds,
        startTime: began,
        endTime: new Date(began.getTime() + durationSeconds * 1000),
        subject,
        contactId: contact?.contactId ?? null,
        deliveries: {
          create: integrations.map(({ id }) => ({ id: randomUUID(), integrationId: id, state: 'DELIVERED' as const })),
        },
      },
    });
  },
});
