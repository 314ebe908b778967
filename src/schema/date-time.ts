import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';
import { isoTime } from '../iso-time.ts';

/** With fewer digits a number would be seconds to somebody else: 11 digits begin in April 1970. */
const earliestMs = 10_000_000_000;

/** RFC 3339, as everybody expects; and milliseconds since 1970, as dashboards write the time that is looked at. */
export const DateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  description:
    'A moment as RFC 3339 tells it, such as `2026-03-01T10:00:00Z`. Whole milliseconds since 1970 are taken as well, as a number of at least 11 digits.',
  serialize: (value) => isoTime(DateTimeResolver.serialize(value)),
  parseValue: (value) => (typeof value === 'number' ? readEpoch(value) : DateTimeResolver.parseValue(value)),
  parseLiteral: (node, variables) =>
    node.kind === Kind.INT ? readEpoch(Number(node.value)) : DateTimeResolver.parseLiteral(node, variables),
});

function readEpoch(milliseconds: number): Date {
  const time = new Date(milliseconds);
  if (Number.isInteger(milliseconds) && milliseconds >= earliestMs && !Number.isNaN(time.getTime())) return time;
  throw new GraphQLError(`DateTime cannot represent ${milliseconds}: milliseconds since 1970 have at least 11 digits.`);
}
