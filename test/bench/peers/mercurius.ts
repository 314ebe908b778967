import Fastify, { type FastifyRequest } from 'fastify';
import { GraphQLScalarType } from 'graphql';
import mercurius from 'mercurius';
import { customerOf, type Report } from '../by-hand.ts';

/** The work, for one customer. */
export interface Resolvers {
  contactSearch(customer: string, phone: string): Promise<object[]>;
  phoneCalls(customer: string, first: number): Promise<{ nodes: object[]; totalCount: number }>;
  logPhoneCall(customer: string, report: Report): Promise<object>;
}

const schema = `
  scalar DateTime
  type Contact {
    id: ID! civility: String firstName: String lastName: String email: String company: String website: String
    phoneBusiness1: String phoneBusiness2: String phoneMobile1: String phoneMobile2: String phoneHome: String
    phoneOther: String entityUrl: String entityType: String customValue: String
  }
  type PhoneCall {
    id: ID! direction: String! status: String! answered: Boolean! numberFrom: String! numberTo: String!
    numberExternal: String! numberInternal: String! numberDid: String source: String durationSeconds: Int
    startTime: DateTime endTime: DateTime subject: String body: String recordingUrl: String agentFirstName: String
    agentLastName: String agentEmail: String queueExtension: String createdAt: DateTime! updatedAt: DateTime!
  }
  type PhoneCallPage { nodes: [PhoneCall!]! totalCount: Int! }
  input Report { number: String! extension: String! startTime: String! durationSeconds: Int! subject: String! }
  type Query { contactSearch(phone: String!): [Contact!]! phoneCalls(first: Int!): PhoneCallPage! }
  type Mutation { logPhoneCall(report: Report!): PhoneCall! }`;

const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
});

const context = async ({ headers }: FastifyRequest) => {
  const customer = await customerOf(headers.authorization);
  if (!customer) throw new mercurius.ErrorWithProps('Unauthenticated.', {}, 401);
  return { customer };
};

type Context = Awaited<ReturnType<typeof context>>;

/** Serves the same schema for whichever way to the database, as the documentation of Mercurius shows, with its compiler on. */
export async function serve({ contactSearch, phoneCalls, logPhoneCall }: Resolvers): Promise<void> {
  const app = Fastify();
  app.register(mercurius, {
    schema,
    jit: 1,
    context,
    resolvers: {
      DateTime,
      Query: {
        contactSearch: (_: unknown, { phone }: { phone: string }, { customer }: Context) =>
          contactSearch(customer, phone),
        phoneCalls: (_: unknown, { first }: { first: number }, { customer }: Context) => phoneCalls(customer, first),
      },
      Mutation: {
        logPhoneCall: (_: unknown, { report }: { report: Report }, { customer }: Context) =>
          logPhoneCall(customer, report),
      },
    } as never,
  });
  console.log(`Address   ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
}
