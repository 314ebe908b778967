/** A JSON Schema, as far as it is needed here (draft 2020-12, which is that of OpenAPI 3.1). */
export interface Schema {
  type?: string | string[];
  description?: string;
  enum?: (string | null)[];
  const?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  default?: string | number;
  maxLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  $ref?: string;
}
