import { badInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { type CallCondition, callConditions, type FilterSetting } from './call-condition.ts';

type Maybe<T> = T | null | undefined;

export interface PhoneCallFilter extends CallCondition {
  and?: Maybe<PhoneCallFilter[]>;
  or?: Maybe<PhoneCallFilter[]>;
  not?: Maybe<PhoneCallFilter>;
}

/**
 * The conditions of a filter as SQL, all of which must hold; numbers are compared in canonical form, the customer's
 * country and time zone count where none is told. Throws `BAD_USER_INPUT` when filters are nested too deeply, or are
 * too many.
 */
export function filterConditions(
  filter: PhoneCallFilter,
  setting: FilterSetting,
  bind: (value: unknown) => string,
): string[] {
  let parts = 0;
  const conditionsOf = (part: PhoneCallFilter, depth: number): string[] => {
    if (depth > limits.filterDepth)
      throw badInput(['filter'], `Filters must not be nested more than ${limits.filterDepth} deep.`);
    if (++parts > limits.filterParts)
      throw badInput(['filter'], `A filter must not be made of more than ${limits.filterParts} filters.`);
    const inner = (deeper: PhoneCallFilter) => `(${conditionsOf(deeper, depth + 1).join(' AND ') || 'true'})`;
    return [
      ...callConditions(part, setting, bind),
      ...(part.and ?? []).map(inner),
      ...(part.or ? [`(${part.or.map(inner).join(' OR ') || 'false'})`] : []),
      ...(part.not ? [`${inner(part.not)} IS NOT TRUE`] : []),
    ];
  };
  return conditionsOf(filter, 0);
}
