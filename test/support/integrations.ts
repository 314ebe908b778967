import { connectors } from '../../src/connectors/index.ts';
import { vault } from './vault-crm.ts';
import { type Answer, graphql, newCustomer, type ServeOptions, serve, type TestCustomer } from './world.ts';

export const kinds = { ...connectors, vault };

const fields = `
  id connector name position lookup callLogging chatLogging contactCreation hasFile
  parameters { name title type default choices secret isSet value }
  problems { severity element line message } createdAt updatedAt`;

const documents = {
  integrations: `{ integrations { ${fields} } }`,
  connectors: '{ connectors { connector parameters { name default secret } problems { message } } }',
  integrationForm: `query ($connector: String!, $file: String) {
    integrationForm(connector: $connector, file: $file) {
      connector parameters { name title type default choices secret isSet value } problems { severity element line message } } }`,
  createIntegration: `mutation ($connector: String!, $input: IntegrationInput!) {
    createIntegration(connector: $connector, input: $input) { ${fields} } }`,
  updateIntegration: `mutation ($id: ID!, $input: IntegrationInput!) { updateIntegration(id: $id, input: $input) { ${fields} } }`,
  removeIntegration:
    'mutation ($id: ID!, $force: Boolean) { removeIntegration(id: $id, force: $force) { id abandoned } }',
  testIntegration: `mutation ($id: ID!, $phone: String, $email: String) {
    testIntegration(id: $id, phone: $phone, email: $email) { number kind warnings
      requests { step method url headers body status error } records { step fields dropped } } }`,
  authorizeIntegration: 'mutation ($id: ID!) { authorizeIntegration(id: $id) { url expiresAt } }',
};

export interface Operator extends TestCustomer {
  /** Runs one operation as an operator of the customer; answers its result, or throws its error with its code and issues. */
  ask(name: keyof typeof documents, variables?: object): Promise<any>;
  /** Answers the error that an operation must end with. */
  refusal(name: keyof typeof documents, variables?: object): Promise<Refusal>;
  app: ReturnType<typeof serve>;
}

export interface Refusal {
  message: string;
  extensions: { code: string; issues?: { path: string[]; message: string }[] };
}

/** A customer and the operator who sets up its integrations. */
export async function newOperator(options: ServeOptions = {}): Promise<Operator> {
  const app = serve({ connectors: kinds, ...options });
  const customer = await newCustomer({ app });
  const token = await customer.tokenWith(['admin']);
  const send = async (name: keyof typeof documents, variables: object = {}): Promise<Answer['body']> =>
    (await graphql(documents[name], variables, { token, app })).body;
  return {
    ...customer,
    app,
    ask: async (name, variables) => {
      const { data, errors } = await send(name, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data[name];
    },
    refusal: async (name, variables) => {
      const { data, errors } = await send(name, variables);
      if (!errors) throw new Error(`${name} was not refused: ${JSON.stringify(data)}`);
      return errors[0];
    },
  };
}

/** A vault, given nothing but its key. */
export const vaultInput = { parameters: [{ name: 'ApiKey', value: 'CANARY-key' }] };
