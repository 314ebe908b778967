import { Kind } from 'graphql';
import { spellLegacy } from '../rest/legacy.ts';
import { PhoneCallFragmentDoc } from '../rest/lookup.generated.ts';

/**
 * The fields of the legacy call object in their order, each with its name in the schema: read off the very document
 * that the REST face executes.
 */
const fields = PhoneCallFragmentDoc.definitions
  .flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? definition.selectionSet.selections : []))
  .flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [{ column: selection.alias?.value ?? selection.name.value, name: selection.name.value }]
      : [],
  );

export const columns = fields.map(({ column }) => column);

/** A call as the legacy face writes it. */
export const legacyCall = (call: object): Record<string, unknown> =>
  spellLegacy(Object.fromEntries(fields.map(({ column, name }) => [column, call[name as keyof typeof call]])));
