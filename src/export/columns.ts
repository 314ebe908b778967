import { type GraphQLObjectType, getNamedType, Kind } from 'graphql';
import { legacySpelling } from '../rest/legacy.ts';
import { PhoneCallFragmentDoc } from '../rest/lookup.generated.ts';
import { schema } from '../schema/index.ts';

const typeOf = (field: string) =>
  getNamedType((schema.getType('PhoneCall') as GraphQLObjectType).getFields()[field]?.type)?.name ?? '';

/**
 * The fields of the legacy call object in their order, each with its name in the schema and how its values are spelled:
 * read off the very document that the REST face executes.
 */
const fields = PhoneCallFragmentDoc.definitions
  .flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? definition.selectionSet.selections : []))
  .flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [
          {
            column: selection.alias?.value ?? selection.name.value,
            name: selection.name.value,
            spell: legacySpelling[typeOf(selection.name.value)] ?? ((value: unknown) => value),
          },
        ]
      : [],
  );

export const columns = fields.map(({ column }) => column);

/** A call as the legacy face writes it. */
export const legacyCall = (call: object): Record<string, unknown> =>
  Object.fromEntries(
    fields.map(({ column, name, spell }) => {
      const value = call[name as keyof typeof call] as unknown;
      return [column, value === null ? null : spell(value as never)];
    }),
  );
